import { expect, it } from 'vitest';
import { foldText } from './fold-text.ts';

it('leaves short texts alone', () => {
  expect(foldText('')).toBeUndefined();
  expect(foldText('x'.repeat(900))).toBeUndefined();
  expect(foldText('line\n'.repeat(14))).toBeUndefined();
});

it('folds long texts at a word', () => {
  const folded = foldText('word '.repeat(400));
  expect(folded).toMatch(/^(word )*word$/);
  expect(folded?.length).toBeLessThan(641);
});

it('folds many lines to a few', () => {
  expect(foldText('a\n'.repeat(500))?.split('\n').length).toBeLessThanOrEqual(9);
});

it('folds a text without any space, too', () => {
  expect(foldText('x'.repeat(5000))).toHaveLength(640);
});
