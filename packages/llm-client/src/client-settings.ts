import type { GuardedLogger } from '@pd/call-log/logger';
import type { AgentRef } from '@pd/call-log/schema';
import type { Backend } from './backend/backend.ts';
import type { ResponseCache } from './cache/response-cache.ts';
import type { WaitingClock } from './call/clock.ts';
import type { Gate } from './gate/gate.ts';
import type { HistoryMode } from './history/history-mode.ts';
import type { PriceBook } from './money/price-book.ts';
import type { RecordedRun } from './resume/recorded-run.ts';
import type { RetryPolicy } from './retry/retry-options.ts';
import type { Cooldowns } from './routing/cooldowns.ts';
import type { Leg } from './routing/route.ts';
import type { Estimate } from './usage/create-estimate.ts';

/** What a client and those bound from it share, and what they were bound to. */
export interface ClientSettings {
  model: string;
  agent: AgentRef | undefined;
  metadata: object;
  /** The models to ask for a model's name, in order. */
  routeOf: (model: string) => readonly Leg[];
  /** The logger, made safe to call. */
  log: GuardedLogger;
  timeoutMs: number | undefined;
  attemptTimeoutMs: number | undefined;
  history: HistoryMode;
  retry: RetryPolicy;
  /** Set when calls are answered from a record; as in `Backend`. */
  recorded: Backend['recorded'];
  cooldowns: Cooldowns;
  gates: readonly Gate[];
  recordVectors: boolean;
  /** Set when calls are answered from a record; as in `Backend`. */
  kept: Backend['kept'];
  cache: ResponseCache | undefined;
  onCacheError: (error: unknown) => void;
  priceOf: PriceBook['priceOf'];
  costOf: PriceBook['costOf'];
  /** For tokens that the provider did not count. */
  estimate: Estimate;
  /** Counts the calls, so that they take turns with the deployments. */
  takeTurn: () => number;
  random: () => number;
  clock: WaitingClock;
  createId: () => string;
  /** The run that is being done again. */
  resume: RecordedRun | undefined;
}
