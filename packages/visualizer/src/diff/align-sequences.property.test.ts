import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alignSequences } from './align-sequences.ts';

const few = fc.array(fc.nat(4), { maxLength: 40 });
const many = fc.array(fc.nat(1000), { maxLength: 60 });

it('matches equal items, in order, each once', () => {
  fc.assert(
    fc.property(fc.oneof(few, many), fc.oneof(few, many), (a, b) => {
      let before = [-1, -1] as readonly [number, number];
      for (const match of alignSequences(a, b)) {
        expect(a[match[0]]).toBe(b[match[1]]);
        expect(match[0]).toBeGreaterThan(before[0]);
        expect(match[1]).toBeGreaterThan(before[1]);
        before = match;
      }
    }),
  );
});

it('matches all of a sequence with itself, and all of what is left of it', () => {
  fc.assert(
    fc.property(fc.oneof(few, many), fc.func(fc.boolean()), (a, stays) => {
      expect(alignSequences(a, a)).toHaveLength(a.length);
      const shorter = a.filter((_, i) => stays(i));
      expect(alignSequences(a, shorter)).toHaveLength(shorter.length);
      expect(alignSequences(shorter, a)).toHaveLength(shorter.length);
    }),
  );
});

it('stays quick on the worst of sequences', () => {
  const a = Array.from({ length: 50_000 }, (_, i) => i % 2);
  const b = Array.from({ length: 50_000 }, (_, i) => (i % 3 === 0 ? 1 : 0));
  const before = performance.now();
  alignSequences(a, b);
  expect(performance.now() - before).toBeLessThan(2000);
});
