import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldLoops } from './fold-loops.ts';

const folded = (text: string) =>
  foldLoops([...text], (step) => step).map(
    ({ times, rounds }) => `${rounds[0]?.join('')}${times > 1 ? `×${times}` : ''}`,
  );

it.each([
  ['', []],
  ['abc', ['abc']],
  ['aaaa', ['a×4']],
  ['xababab', ['x', 'ab×3']],
  ['abcabcabd', ['abc×2', 'abd']],
  ['aabaab', ['aab×2']],
  ['abababcdcd', ['ab×3', 'cd×2']],
])('folds %s', (text, expected) => {
  expect(folded(text)).toEqual(expected);
});

it('opens again to what was there', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 200 }), (steps) => {
      const folds = foldLoops(steps, (step) => step);
      expect(folds.flatMap(({ rounds }) => rounds.flat())).toEqual(steps);
      for (const { times, rounds } of folds) {
        expect(rounds).toHaveLength(times);
        for (const round of rounds) expect(round).toEqual(rounds[0]);
      }
    }),
  );
});
