import type { Backoff } from './backoff.ts';

/** How failed attempts are repeated. */
export interface RetryOptions extends Partial<Backoff> {
  /** Requests for one model at most, the first included. Default: 3, as the openai SDK. */
  maxAttempts?: number;
  /** A `Retry-After` that asks for more than this is not waited for, in milliseconds. Default: 60,000. */
  maxRetryAfterMs?: number;
  /**
   * Also when something of a streamed reply has been handed out already: the stream then says `restart`, and what came
   * before is void. Default: `false`.
   */
  afterFirstChunk?: boolean;
}

export type RetryPolicy = Required<RetryOptions>;

/**
 * The attempts, base and longest wait are those of the openai SDK (7.57, `src/client.ts`, read 2026-11-22), which takes off up to a
 * quarter at random; the longest `Retry-After` is our choice.
 */
const DEFAULT: RetryPolicy = {
  maxAttempts: 3,
  baseDelayMs: 500,
  maxDelayMs: 8_000,
  maxRetryAfterMs: 60_000,
  afterFirstChunk: false,
};

/** @throws RangeError for numbers that make no sense */
export function toRetryPolicy(options: RetryOptions | false | undefined): RetryPolicy {
  if (options === false) return { ...DEFAULT, maxAttempts: 1 };
  const policy = { ...DEFAULT, ...options };
  if (!Number.isInteger(policy.maxAttempts) || policy.maxAttempts < 1)
    throw new RangeError(`retry.maxAttempts must be a whole number from 1, not ${policy.maxAttempts}`);
  for (const name of ['baseDelayMs', 'maxDelayMs', 'maxRetryAfterMs'] as const)
    if (!(policy[name] >= 0)) throw new RangeError(`retry.${name} must be at least 0, not ${policy[name]}`);
  return policy;
}
