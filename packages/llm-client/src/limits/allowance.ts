import type { ReportedLimit } from './rate-limit-headers.ts';

/** After so long what a provider said counts no more, in milliseconds: whoever waits tries again. */
export const LONGEST_WAIT_MS = 60_000;

/**
 * What a provider still allows, by its own word: what it said remained, what has gone out since, and what has come back
 * since. That limits fill up steadily, so that a part of one is free after that part of the time, is how OpenAI and Anthropic
 * are known to do it (from memory, not checked); without the whole limit on record, nothing is free until all of it is.
 */
export class Allowance {
  #level = Number.POSITIVE_INFINITY;
  #seenMs = 0;
  #fullMs = 0;
  #perMs = 0;

  /** @param underway what was let through and is not answered yet: the provider may not have counted it */
  see({ remaining, resetMs, limit = 0 }: ReportedLimit, underway: number, nowMs: number): void {
    this.#level = remaining - underway;
    this.#seenMs = nowMs;
    this.#fullMs = nowMs + Math.min(resetMs, LONGEST_WAIT_MS);
    this.#perMs = Math.max(0, limit - remaining) / Math.max(1, resetMs);
  }

  take(amount: number): void {
    this.#level -= amount;
  }

  /** Until so much is allowed. */
  readyInMs(amount: number, nowMs: number): number {
    if (nowMs >= this.#fullMs) return 0;
    const lacking = amount - (this.#level + (nowMs - this.#seenMs) * this.#perMs);
    // A hair, so that rounding never makes somebody wait for nothing.
    if (lacking <= 1e-6) return 0;
    const untilFull = this.#fullMs - nowMs;
    return this.#perMs > 0 ? Math.min(lacking / this.#perMs, untilFull) : untilFull;
  }
}
