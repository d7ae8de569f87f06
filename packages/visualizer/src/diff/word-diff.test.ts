import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordDiff } from './word-diff.ts';

const shown = (a: string, b: string) =>
  wordDiff(a, b)
    .pieces.map(({ kind, text }) =>
      kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`,
    )
    .join('');

describe('wordDiff', () => {
  it('tells words apart, and leaves the rest', () => {
    expect(shown('the quick brown fox jumps over it', 'the quick red fox jumps over it')).toBe(
      'the quick [-brown-]{+red+} fox jumps over it',
    );
    expect(wordDiff('one two three', 'one three four')).toMatchObject({ removedWords: 1, addedWords: 1 });
  });

  it('does not scatter what has nothing in common but small words', () => {
    expect(shown('Let me see the road', 'Tell me of the trees')).toBe(
      '[-Let me see the road-]{+Tell me of the trees+}',
    );
  });

  it('stays short, whatever the texts', () => {
    const { pieces } = wordDiff('lorem ipsum '.repeat(5000), 'dolor sit amet '.repeat(5000));
    expect(pieces.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(1300);
  });

  it('has all of the words of short texts', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map((each) => each.toWellFormed());
    fc.assert(
      fc.property(text, text, (a, b) => {
        const { pieces } = wordDiff(a, b);
        const side = (without: string) =>
          pieces
            .filter(({ kind }) => kind !== without)
            .map(({ text: piece }) => piece)
            .join('');
        expect(side('added')).toBe(a);
        expect(side('removed')).toBe(b);
      }),
    );
  });
});
