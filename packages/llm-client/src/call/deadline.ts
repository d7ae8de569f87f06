import { CallTimeoutError } from '../errors/call-timeout-error.ts';

/** A signal that fires with the caller's or when the time is up. */
export interface Deadline {
  signal: AbortSignal;
  /** Ends the wait for the time. */
  clear(): void;
  /** Ends the call now. */
  abort(reason: unknown): void;
}

/** @param timeoutMs after which the signal fires with a `CallTimeoutError` */
export function startDeadline(timeoutMs: number, outer: AbortSignal | undefined): Deadline {
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(new CallTimeoutError(timeoutMs)), timeoutMs);
  return {
    signal: outer === undefined ? own.signal : AbortSignal.any([outer, own.signal]),
    clear: () => clearTimeout(timer),
    abort: (reason) => own.abort(reason),
  };
}
