import { CallTimeoutError } from '../errors/call-timeout-error.ts';

/** @see https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A signal that fires with the caller's or when the time is up. */
export interface Deadline {
  signal: AbortSignal;
  /** Until the time is up, in milliseconds; `Infinity` when there is no limit. */
  remainingMs(): number;
  /** Ends the wait for the time. */
  clear(): void;
  /** Ends the call now. */
  abort(reason: unknown): void;
}

/** @param timeoutMs after which the signal fires with a `CallTimeoutError`; `Infinity` for never */
export function startDeadline(timeoutMs: number, outer: AbortSignal | undefined): Deadline {
  const own = new AbortController();
  const startedMs = performance.now();
  // Longer than a timer can wait is no limit; setTimeout would fire at once.
  const timer =
    timeoutMs > LONGEST_TIMER_MS
      ? undefined
      : setTimeout(() => own.abort(new CallTimeoutError(timeoutMs)), timeoutMs);
  // A reply that nobody reads must not hold the process.
  timer?.unref();
  return {
    signal: outer === undefined ? own.signal : AbortSignal.any([outer, own.signal]),
    remainingMs: () => timeoutMs - (performance.now() - startedMs),
    clear: () => clearTimeout(timer),
    abort: (reason) => own.abort(reason),
  };
}
