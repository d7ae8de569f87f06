import { createHash } from 'node:crypto';

/**
 * A small seeded generator of numbers from 0 to 1: good enough to decide with, useless for secrets.
 *
 * @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c mulberry32, public domain
 */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A generator whose numbers depend on all of the parts, and on which of them is which. */
export function randomFrom(...parts: readonly string[]): () => number {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(`${part.length}:`).update(part);
  return createRandom(sum.digest().readInt32LE(0));
}
