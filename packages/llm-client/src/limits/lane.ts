import { Allowance, LONGEST_WAIT_MS } from './allowance.ts';
import { FairQueue } from './fair-queue.ts';
import type { ReportedLimits } from './rate-limit-headers.ts';
import type { Taken } from './sliding-window.ts';

/** An attempt that waits for its turn. */
export interface Waiting {
  tokens: number;
  admit(taken: Taken): void;
}

/** The attempts that go to one deployment, and what its provider has said of its limits. */
export class Lane {
  readonly queue = new FairQueue<Waiting>();
  readonly #requests = new Allowance();
  readonly #tokens = new Allowance();
  #restsUntilMs = 0;
  #underway = { requests: 0, tokens: 0 };

  get isIdle(): boolean {
    return this.queue.isEmpty && this.#underway.requests === 0;
  }

  /** Until the provider takes one request with so many tokens, as far as it has told. */
  readyInMs(tokens: number, nowMs: number): number {
    return Math.max(
      this.#restsUntilMs - nowMs,
      this.#requests.readyInMs(1, nowMs),
      this.#tokens.readyInMs(tokens, nowMs),
      0,
    );
  }

  sent(tokens: number): void {
    this.#requests.take(1);
    this.#tokens.take(tokens);
    this.#underway.requests++;
    this.#underway.tokens += tokens;
  }

  /** It is answered, or will not be: the provider has counted it, if ever. */
  counted(tokens: number): void {
    this.#underway.requests--;
    this.#underway.tokens -= tokens;
  }

  see({ requests, tokens }: ReportedLimits, restMs: number | undefined, nowMs: number): void {
    if (requests !== undefined) this.#requests.see(requests, this.#underway.requests, nowMs);
    if (tokens !== undefined) this.#tokens.see(tokens, this.#underway.tokens, nowMs);
    if (restMs !== undefined)
      this.#restsUntilMs = Math.max(this.#restsUntilMs, nowMs + Math.min(restMs, LONGEST_WAIT_MS));
  }
}
