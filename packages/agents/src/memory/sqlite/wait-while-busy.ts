import { setTimeout as wait } from 'node:timers/promises';
import { isBusy } from './to-memory-store-error.ts';

/** The longest pause between two tries, in milliseconds. */
const LONGEST_PAUSE = 25;

/**
 * Tries again while another process holds the lock. `node:sqlite` would wait in the calling thread, and everything else in the
 * process with it; this waits beside it and can be aborted.
 *
 * @throws the last error after `timeoutMs`, and the signal's reason
 */
export async function waitWhileBusy<T>(
  work: () => T,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    signal?.throwIfAborted();
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error;
    }
    // Not all at the same moment, or the same one would win each time.
    await wait(pause * (0.5 + Math.random()), undefined, { signal }).catch(() => {});
  }
}
