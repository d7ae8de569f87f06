import type { Logger } from '@pd/call-log/schema';
import type { Clock } from '@pd/llm-client';
import type { AgentRunner } from '../agent-runner.ts';
import type { Supervision } from '../coordinator/supervision.ts';
import type { MessageFaults } from '../faults/create-message-faults.ts';
import type { ProgressWatchOptions } from '../progress/create-progress-watch.ts';
import type { StopCondition } from '../stop/stop-condition.ts';

/** What every scenario can be given. */
export interface PlayOptions {
  /** Gets a record of every message; usually `createCallLog().logger`. */
  logger?: Logger | undefined;
  /** Stops the scenario; it throws the signal's reason. */
  signal?: AbortSignal | undefined;
  /** When it is to stop, besides what the pattern itself says. What is being said then is said to its end. */
  stop?: StopCondition | undefined;
  /**
   * How it is noticed that the agents go round in circles: they are told once, and stopped when they go on. `false`: not at
   * all. Default: after twice, and after three times.
   */
  progress?: ProgressWatchOptions | false | undefined;
  /** What becomes of agents that fail, where they have no policy of their own. */
  supervision?: Supervision | undefined;
  /** How long an answer may take, in milliseconds, the time in the mailbox included. Default: as long as it takes. */
  deadlineMs?: number | undefined;
  /** Injects faults on the way of messages, for tests: `createMessageFaults({ seed, drop: 0.1 })`. */
  faults?: MessageFaults | undefined;
  /** Decides all that is random. Default: a new one. */
  seed?: number | string | undefined;
  /** Has the agents answer. Default: in this process. */
  runner?: AgentRunner | undefined;
  /** Time, for deadlines and `scene.now()`. Default: the system's clock. */
  clock?: Clock | undefined;
  /** Makes message ids. Default: random UUIDs. */
  createId?: (() => string) | undefined;
}
