/** Ends after some time; its signal says why. */
export class ToolTimeout extends Error {
  override readonly name = 'ToolTimeout';
}

/**
 * Does work that is given a signal and a limited time, and waits no longer than that, whatever the work makes of its signal.
 *
 * @throws {ToolTimeout} when the time is over; the reason of `signal` when that is aborted; what the work throws
 */
export async function within<Result>(
  timeoutMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Result,
): Promise<Awaited<Result>> {
  signal.throwIfAborted();
  const own = new AbortController();
  const ended = Promise.withResolvers<never>();
  const end = (reason: unknown) => {
    ended.reject(reason);
    own.abort(reason);
  };
  const aborted = () => end(signal.reason);
  signal.addEventListener('abort', aborted, { once: true });
  const timer = setTimeout(() => end(new ToolTimeout(`it took longer than ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([ended.promise, work(own.signal)]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', aborted);
    // Left behind or done, nobody hears of this promise any more.
    ended.promise.catch(() => {});
  }
}
