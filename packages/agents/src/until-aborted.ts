/**
 * Waits for somebody else's code, and no longer than until the signal is aborted, whatever that code makes of it.
 *
 * @throws the signal's reason, at once when it is aborted already; what the work throws
 */
export async function untilAborted<Result>(
  signal: AbortSignal | undefined,
  work: () => Result,
): Promise<Awaited<Result>> {
  signal?.throwIfAborted();
  if (signal === undefined) return await work();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([aborted.promise, work()]);
  } finally {
    signal.removeEventListener('abort', abort);
    // The work may have aborted it and thrown at once: then nobody waits for this promise.
    aborted.promise.catch(() => {});
  }
}
