import type { Clock } from '@pd/llm-client';

/** The system's time. */
export const systemClock: Required<Clock> = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
