import { createHash } from 'node:crypto';

/** A source of numbers in [0, 1). */
export type Random = () => number;

/**
 * A small seeded generator; good enough to pick words with, useless for secrets.
 * @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c mulberry32, public domain
 */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** SHA-256 in hex over the parts; each is preceded by its length, so `['ab','c']` differs from `['a','bc']`. */
export function hash(...parts: readonly string[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(`${part.length}:`).update(part);
  return sum.digest('hex');
}

/** A generator seeded with everything in `parts`. */
export function randomFrom(...parts: readonly string[]): Random {
  return createRandom(Number.parseInt(hash(...parts).slice(0, 8), 16));
}

/** One of `items`, or `undefined` when there are none. */
export function pick<T>(items: readonly T[], random: Random): T | undefined {
  return items[Math.floor(random() * items.length)];
}
