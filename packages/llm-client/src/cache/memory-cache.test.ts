import { expect, it } from 'vitest';
import { createMemoryCache } from './memory-cache.ts';

it('forgets what was not asked for the longest, and what is too old', () => {
  let nowMs = 0;
  const cache = createMemoryCache({ maxEntries: 2, ttlMs: 100, clock: { monotonicMs: () => nowMs } });
  cache.set('a', '1');
  cache.set('b', '2');
  expect(cache.get('a')).toBe('1');
  cache.set('c', '3');
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['1', undefined, '3']);
  nowMs = 100;
  expect(cache.get('a')).toBeUndefined();
});

it.each([{ maxEntries: 0 }, { maxEntries: 1.5 }, { ttlMs: 0 }, { ttlMs: Number.NaN }])(
  'refuses %j',
  (options) => {
    expect(() => createMemoryCache(options)).toThrow(RangeError);
  },
);
