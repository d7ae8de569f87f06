/** How long to wait before trying again. */
export interface Backoff {
  /** The longest first wait, in milliseconds; doubles with every attempt. */
  baseDelayMs: number;
  /** No wait is longer, in milliseconds. */
  maxDelayMs: number;
}

/**
 * Exponential backoff with full jitter: any wait from none to the whole, so that clients that failed together do not come
 * back together.
 *
 * @param failures so far, from 1
 * @param random from 0 to 1
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs({ baseDelayMs, maxDelayMs }: Backoff, failures: number, random: number): number {
  return random * Math.min(maxDelayMs, baseDelayMs * 2 ** (failures - 1));
}
