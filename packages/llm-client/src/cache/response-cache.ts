/**
 * Where replies are kept for requests that are made again: a memory, a file, a server of your own. It may throw and
 * reject: the call goes on without it.
 */
export interface ResponseCache {
  /** What was set for the key, unchanged; `undefined` when there is nothing, or nothing any more. */
  get(key: string): string | undefined | Promise<string | undefined>;
  set(key: string, value: string): void | Promise<void>;
}

/** @throws RangeError for what is no cache */
export function checkCache(cache: ResponseCache | undefined): ResponseCache | undefined {
  if (cache === undefined || (typeof cache?.get === 'function' && typeof cache.set === 'function'))
    return cache;
  throw new RangeError(
    `cache must be an object with get and set, such as createMemoryCache makes, not ${String(cache)}`,
  );
}
