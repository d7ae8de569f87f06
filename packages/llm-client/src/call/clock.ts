/** Time, so that a run can be repeated exactly. */
export interface Clock {
  /** The date. */
  now(): Date;
  /** Milliseconds that only grow, for durations. */
  monotonicMs(): number;
  /** Calls back once, after so many milliseconds; returns what stops it. Default: the system's timer. */
  after?(ms: number, callback: () => void): () => void;
}

/** A clock that can also wait. */
export type WaitingClock = Required<Clock>;

export const systemClock: WaitingClock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
