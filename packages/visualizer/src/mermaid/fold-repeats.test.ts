import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldRepeats } from './fold-repeats.ts';

it('folds rounds that repeat', () => {
  expect(foldRepeats([...'abababc'])).toEqual([
    { start: 0, length: 2, times: 3 },
    { start: 6, length: 1, times: 1 },
  ]);
  expect(foldRepeats([...'aaaa'])).toEqual([{ start: 0, length: 1, times: 4 }]);
});

it('unfolds to what was there', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 }), (items) => {
      const unfolded = foldRepeats(items).flatMap(({ start, length, times }) =>
        Array.from({ length: times }, () => items.slice(start, start + length)).flat(),
      );
      expect(unfolded).toEqual(items);
    }),
  );
});
