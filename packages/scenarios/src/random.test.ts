import { describe, expect, it } from 'vitest';
import { createRandom, fromState } from './random.ts';

describe('createRandom', () => {
  it('is xoshiro128**', () => {
    // What the authors' C program gives for the state 1, 2, 3, 4; also the test vector of the Rust crate rand_xoshiro.
    const next = fromState([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, () => next() * 2 ** 32)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('is decided by all the parts of its seed', () => {
    const first = (...parts: (string | number)[]) => createRandom(...parts)();
    expect(first('a', 1)).toBe(first('a', 1));
    expect(new Set([first('a', 1), first('a', 2), first('a1'), first('', 'a1'), first()]).size).toBe(5);
  });

  it('is even', () => {
    const buckets = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 10_000; seed++) {
      const bucket = Math.floor(createRandom(seed)() * 10);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    // 1,000 each, give or take five standard deviations of 30.
    for (const count of buckets) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
