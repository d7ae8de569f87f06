import { type Clock, systemClock } from '../call/clock.ts';
import type { ResponseCache } from './response-cache.ts';

/** How much a cache in memory keeps, and for how long. */
export interface MemoryCacheOptions {
  /** Of replies; the one that was not asked for the longest goes first. Default: 1,000. */
  maxEntries?: number;
  /** How long a reply is good, in milliseconds. Default: for ever. */
  ttlMs?: number;
  /** Default: the system's clock. */
  clock?: Pick<Clock, 'monotonicMs'>;
}

/**
 * A cache that is gone with the process.
 *
 * @throws RangeError for options that make no sense
 */
export function createMemoryCache(options: MemoryCacheOptions = {}): ResponseCache {
  const { maxEntries = 1_000, ttlMs = Infinity, clock = systemClock } = options;
  if (!(Number.isInteger(maxEntries) && maxEntries > 0))
    throw new RangeError(`maxEntries must be a whole number from 1, not ${String(maxEntries)}`);
  checkTtl(ttlMs);
  /** The longest not asked for comes first. */
  const entries = new Map<string, { value: string; untilMs: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      if (entry.untilMs <= clock.monotonicMs()) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, { value, untilMs: clock.monotonicMs() + ttlMs });
      if (entries.size <= maxEntries) return;
      for (const oldest of entries.keys()) {
        entries.delete(oldest);
        break;
      }
    },
  };
}

/** @throws RangeError for what is no time to live */
export function checkTtl(ttlMs: number): void {
  if (!(typeof ttlMs === 'number' && ttlMs > 0))
    throw new RangeError(`ttlMs must be a number above 0, not ${String(ttlMs)}`);
}
