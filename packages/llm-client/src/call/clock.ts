/** Time, so that a run can be repeated exactly. */
export interface Clock {
  /** The date. */
  now(): Date;
  /** Milliseconds that only grow, for durations. */
  monotonicMs(): number;
}

export const systemClock: Clock = { now: () => new Date(), monotonicMs: () => performance.now() };
