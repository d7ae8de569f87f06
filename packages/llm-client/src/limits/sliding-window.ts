/** As long as the window in which requests and tokens are counted, in milliseconds. */
export const WINDOW_MS = 60_000;

/** Something that takes its part of the window until it is a minute old. */
export interface Taken {
  readonly atMs: number;
  requests: number;
  tokens: number;
}

/** Counts what was let through in the last minute: in no minute, wherever it begins, is it more than the limits. */
export class SlidingWindow {
  readonly #requestsPerMinute: number;
  readonly #tokensPerMinute: number;
  #taken: Taken[] = [];
  /** Where the window begins in `#taken`. */
  #first = 0;
  #requests = 0;
  #tokens = 0;

  constructor(requestsPerMinute: number, tokensPerMinute: number) {
    this.#requestsPerMinute = requestsPerMinute;
    this.#tokensPerMinute = tokensPerMinute;
  }

  /** Until there is room for one request with so many tokens; more than the whole limit needs the whole of it. */
  readyInMs(tokens: number, nowMs: number): number {
    this.#expire(nowMs);
    let excessRequests = this.#requests + 1 - this.#requestsPerMinute;
    let excessTokens = this.#tokens + Math.min(tokens, this.#tokensPerMinute) - this.#tokensPerMinute;
    for (let i = this.#first; excessRequests > 0 || excessTokens > 0; i++) {
      const taken = this.#taken[i];
      if (taken === undefined) return 0;
      excessRequests -= taken.requests;
      excessTokens -= taken.tokens;
      if (excessRequests <= 0 && excessTokens <= 0) return taken.atMs + WINDOW_MS - nowMs;
    }
    return 0;
  }

  take(tokens: number, nowMs: number): Taken {
    const taken = { atMs: nowMs, requests: 1, tokens };
    this.#taken.push(taken);
    this.#requests++;
    this.#tokens += tokens;
    return taken;
  }

  /** It has come to something else than was thought. */
  correct(taken: Taken, requests: number, tokens: number): void {
    // What has left the window counts no more.
    if (this.#taken[this.#first] === undefined || taken.atMs < (this.#taken[this.#first] as Taken).atMs)
      return;
    this.#requests += requests - taken.requests;
    this.#tokens += tokens - taken.tokens;
    taken.requests = requests;
    taken.tokens = tokens;
  }

  #expire(nowMs: number): void {
    for (let taken = this.#taken[this.#first]; taken !== undefined; taken = this.#taken[this.#first]) {
      if (taken.atMs + WINDOW_MS > nowMs) break;
      this.#requests -= taken.requests;
      this.#tokens -= taken.tokens;
      this.#first++;
    }
    // Seldom enough to cost nothing for each.
    if (this.#first > 64 && this.#first * 2 > this.#taken.length) {
      this.#taken = this.#taken.slice(this.#first);
      this.#first = 0;
    }
  }
}
