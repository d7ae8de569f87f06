import type { WaitingClock } from './clock.ts';

/**
 * Waits, holding the process: whoever awaits a call wants its answer.
 *
 * @throws the signal's reason as soon as it is aborted
 */
export async function wait(ms: number, signal: AbortSignal, clock: WaitingClock): Promise<void> {
  signal.throwIfAborted();
  if (ms <= 0) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stop = clock.after(ms, resolve);
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await promise;
  } finally {
    stop();
    signal.removeEventListener('abort', onAbort);
  }
}
