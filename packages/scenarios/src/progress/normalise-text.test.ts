import { describe, expect, it } from 'vitest';
import { normaliseText } from './normalise-text.ts';

const alike = (a: string, b: string) => normaliseText(a) === normaliseText(b);

describe('normaliseText', () => {
  it('leaves out what is no news', () => {
    expect(alike('I will try that again.', 'let me TRY that once more')).toBe(true);
    expect(alike('The **file** is missing.', '- file missing')).toBe(true);
    expect(alike("You're welcome!", 'You are welcome')).toBe(true);
    expect(alike('Attempt 3: no answer', 'attempt #4 - no answer')).toBe(true);
  });

  it('keeps what may be the progress, or the point', () => {
    for (const [a, b] of [
      ['Step 3 is done', 'Step 4 is done'],
      ['Attempt 3 of 10', 'Attempt 4 of 10'],
      ['I can do it', "I can't do it"],
      ['yes', 'no'],
      ['A', 'I'],
      ['option A', 'option B'],
      ['x < 3', 'x > 3'],
      ['-1', '+1'],
      ['1.5', '15'],
      ['from a1 to b2', 'from b2 to a1'],
      ['👍', '👎'],
    ] as const)
      expect([a, b, alike(a, b)]).toEqual([a, b, false]);
  });

  it('leaves out beside a tool what the tool says', () => {
    expect(normaliseText('Let me search for flights to Paris', ['flights Paris'])).toBe('');
    expect(normaliseText('Paris is warm', ['flights Paris'])).toBe('warm');
  });
});

it('finds the same words whether or not the text has others than those of ASCII', () => {
  const ascii = String.fromCharCode(...Array.from({ length: 128 }, (_, i) => i));
  for (const text of [ascii, "I can't: -3.5% of a_b*c <=> 12:30, #1 & (x) ~ 2^4", '']) {
    const words = normaliseText(`${text} end`);
    expect(normaliseText(`${text} end é`)).toBe(`${words} é`);
  }
});
