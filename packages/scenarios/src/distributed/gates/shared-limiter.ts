import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { retryAfterMs } from '@pd/call-log/openai-wire';
import {
  type AttemptPlan,
  attemptTokens,
  estimatedAttemptTokens,
  type Gate,
  type LimiterOptions,
  type Pass,
} from '@pd/llm-client';
import { checkWhole, InvalidDistributedOptionError } from '../errors/invalid-distributed-option-error.ts';
import { RENEW } from './budget-scripts.ts';
import { Deliveries } from './deliveries.ts';
import { GateConnection } from './gate-connection.ts';
import { Leases } from './leases.ts';
import { ENTER, LEAVE, REST } from './limiter-scripts.ts';
import { checkGateOptions, type SharedGateOptions } from './shared-gate-options.ts';

/** Longest pause between two questions whether there is room, in milliseconds. */
const LONGEST_PAUSE_MS = 250;
/** A provider that asks for more is asked again after so long, in milliseconds. */
const LONGEST_REST_MS = 60_000;

export interface SharedLimiterOptions
  extends SharedGateOptions,
    Pick<LimiterOptions, 'concurrency' | 'requestsPerMinute' | 'tokensPerMinute' | 'only'> {}

const FREE: Pass = { leave: () => {} };

/**
 * A limit on what goes out at a time that processes on any number of machines keep together: the counts are in Redis. When a
 * provider tells one of them to wait (`Retry-After`), all of them do. In a process the requests to one deployment (server, model,
 * key) go in the order they came; between processes there is no order. What a dead process had under way is free after `leaseMs`.
 */
export class SharedLimiter implements Gate {
  readonly #options: SharedLimiterOptions & Required<SharedGateOptions>;
  readonly #connection: GateConnection;
  readonly #keys: string[];
  readonly #leases: Leases;
  readonly #deliveries = new Deliveries();
  /** The last of each deployment who waits for a turn. */
  readonly #lanes = new Map<string, Promise<void>>();

  /** Made by {@link createSharedLimiter}. */
  constructor(options: SharedLimiterOptions & Required<SharedGateOptions>) {
    this.#options = options;
    this.#connection = new GateConnection(options.redis, options.timeoutMs);
    const name = `${options.prefix}:limit:${options.name}`;
    this.#keys = ['window', 'tokens', 'active', 'sums', 'rest'].map((part) => `${name}:${part}`);
    this.#leases = new Leases(options.leaseMs, (ids) =>
      this.#connection.run(RENEW, [`${name}:active`], [options.leaseMs, ...ids]),
    );
  }

  /** @throws the reason of an abort; RedisUnavailableError when Redis does not answer in time; nothing is sent then */
  async enter(plan: AttemptPlan): Promise<Pass> {
    const { provider, model } = plan.deployment;
    const { only } = this.#options;
    if (only !== undefined && !only.includes(provider) && !only.includes(`${provider}/${model}`)) return FREE;
    const id = randomUUID();
    const lane = laneOf(plan);
    const tokens = Math.ceil(estimatedAttemptTokens(plan.body));
    await this.#inTurn(lane, () => this.#admit(id, lane, tokens, plan.signal));
    this.#leases.add(id);
    return {
      answered: (headers) => {
        const restMs = retryAfterMs(headers, Date.now());
        if (restMs !== undefined && restMs > 0)
          this.#deliveries.add(() =>
            this.#connection.run(REST, this.#keys, [lane, Math.ceil(Math.min(restMs, LONGEST_REST_MS))]),
          );
      },
      leave: (outcome) => {
        const wasSent = outcome.billable || outcome.headers !== undefined;
        const values = [id, wasSent ? 1 : 0, Math.ceil(attemptTokens(outcome, tokens))];
        this.#deliveries.add(async () => {
          await this.#connection.run(LEAVE, this.#keys, values);
          this.#leases.delete(id);
        });
      },
    };
  }

  /** Tells Redis what is over, and leaves it. */
  async close(): Promise<void> {
    await this.#deliveries.close(this.#options.timeoutMs);
    this.#leases.close();
    await this.#connection.close();
  }

  /** One at a time asks Redis for each deployment, the one who came first. */
  async #inTurn(lane: string, work: () => Promise<void>): Promise<void> {
    const before = this.#lanes.get(lane);
    const mine = (before ?? Promise.resolve()).then(work, work);
    const settled = mine.catch(() => {});
    this.#lanes.set(lane, settled);
    try {
      await mine;
    } finally {
      if (this.#lanes.get(lane) === settled) this.#lanes.delete(lane);
    }
  }

  async #admit(id: string, lane: string, tokens: number, signal: AbortSignal): Promise<void> {
    const { leaseMs, concurrency, requestsPerMinute, tokensPerMinute } = this.#options;
    const limits = [concurrency, requestsPerMinute, tokensPerMinute].map(toLimit);
    for (let pause = 5; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      signal.throwIfAborted();
      const values = [id, tokens, lane, leaseMs, ...limits];
      const [isIn, waitMs] = (await this.#connection.run(ENTER, this.#keys, values, signal)) as [
        number,
        number,
      ];
      if (isIn === 1) return;
      const forMs = waitMs < 0 ? pause * (0.5 + Math.random()) : waitMs;
      await wait(forMs, undefined, { signal }).catch(() => {});
    }
  }
}

/** Without a key in it that could be read. */
function laneOf({ deployment: { baseURL, model, apiKey } }: AttemptPlan): string {
  return createHash('sha256')
    .update(JSON.stringify([baseURL, model, apiKey]))
    .digest('base64url')
    .slice(0, 16);
}

function toLimit(limit: number | undefined): string | number {
  return limit === undefined || limit === Number.POSITIVE_INFINITY ? '' : limit;
}

/**
 * Makes a {@link SharedLimiter}. Every process gives the same name and limits.
 *
 * @throws {InvalidDistributedOptionError} for options that make no sense
 */
export function createSharedLimiter(options: SharedLimiterOptions): SharedLimiter {
  const { only } = options;
  for (const name of ['concurrency', 'requestsPerMinute', 'tokensPerMinute'] as const)
    if (options[name] !== undefined && options[name] !== Number.POSITIVE_INFINITY)
      checkWhole(name, options[name]);
  if (
    only !== undefined &&
    !(Array.isArray(only) && only.every((one) => typeof one === 'string' && one !== ''))
  )
    throw new InvalidDistributedOptionError(
      "only must be a list of providers and models, such as ['openai/gpt-5-mini']",
    );
  return new SharedLimiter({ ...options, ...checkGateOptions(options) });
}
