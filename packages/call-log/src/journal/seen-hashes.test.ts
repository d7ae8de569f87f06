import { hash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SeenHashes } from './seen-hashes.ts';

const hashOf = (n: number) => hash('sha256', `${n}`, 'base64url');

it('is a set', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(600), { maxLength: 2_000 }), (numbers) => {
      const seen = new SeenHashes(10_000);
      const known = new Set<number>();
      for (const n of numbers) {
        expect(seen.add(hashOf(n))).toBe(known.has(n));
        known.add(n);
      }
    }),
    { numRuns: 50 },
  );
});

it('is empty when it is cleared, and once it is full', () => {
  const seen = new SeenHashes(1_000);
  for (let n = 0; n < 1_000; n++) seen.add(hashOf(n));
  expect(seen.add(hashOf(999))).toBe(true);
  expect(seen.add(hashOf(1_000))).toBe(false);
  expect(seen.add(hashOf(999))).toBe(false);
  seen.clear();
  expect(seen.add(hashOf(999))).toBe(false);
});
