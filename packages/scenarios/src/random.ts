import { createHash } from 'node:crypto';

/** A source of numbers in [0, 1), of 32 bits each. */
export type Random = () => number;

/**
 * A seeded source of randomness, for tests and for runs that can be repeated; useless for secrets. All the parts together
 * are the seed: the same parts give the same numbers, on every machine, and other parts unrelated ones.
 *
 * The generator is xoshiro128**, its 128 bits of state the SHA-256 of the parts.
 *
 * @see https://prng.di.unimi.it/xoshiro128starstar.c Blackman and Vigna, public domain
 */
export function createRandom(...parts: readonly (string | number)[]): Random {
  const sum = createHash('sha256');
  // The length keeps ('ab', 'c') from ('a', 'bc').
  for (const part of parts) sum.update(`${String(part).length}:${part}`);
  const seed = sum.digest();
  return fromState([seed.readUInt32LE(0), seed.readUInt32LE(4), seed.readUInt32LE(8), seed.readUInt32LE(12)]);
}

/** @param state not all zeros, which the generator would never leave */
export function fromState(state: readonly [number, number, number, number]): Random {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result / 2 ** 32;
  };
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
