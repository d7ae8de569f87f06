import type { Clock } from '@pd/llm-client';

/**
 * The farthest that a timer can be set; beyond it, it fires at once.
 *
 * @see https://nodejs.org/api/timers.html#settimeoutcallback-delay-args
 */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The system's time. */
export const systemClock: Required<Clock> = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
