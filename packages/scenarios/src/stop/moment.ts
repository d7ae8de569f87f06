/** What has happened in a run when its stop condition is asked. Plain data: the same moments give the same verdicts. */
export interface Moment {
  /** Turns that were finished. */
  turns: number;
  /** Messages that were sent, the opening included. */
  messages: number;
  /** Tokens of all calls so far, zeros before the first one; `undefined`: those of a call are not known. */
  usage: { inputTokens: number; outputTokens: number } | undefined;
  /** US dollars of all calls so far, 0 before the first one; `undefined`: the price of a call is not known. */
  costUsd: number | undefined;
  /** Milliseconds since the run began. */
  elapsedMs: number;
  /** The message since the moment before, one moment for each; absent when nothing was said, as when a timer rings. */
  last?:
    | { from: string; to?: string | undefined; content: string; handedTo?: string | undefined }
    | undefined;
}
