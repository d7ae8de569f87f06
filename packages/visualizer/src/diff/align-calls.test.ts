import { expect, it } from 'vitest';
import { alignCalls } from './align-calls.ts';

/** Each letter is a call; what it sends is all letters so far, as a conversation does. */
function talk(letters: string) {
  return [...letters].map((letter, i) => ({
    conversation: hash(letters.slice(0, i + 1)),
    last: letter.charCodeAt(0),
  }));
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
}

function shown(a: string, b: string): string[] {
  return alignCalls(talk(a), talk(b)).map(
    ([x, y]) => `${x === undefined ? '-' : a[x]}${y === undefined ? '-' : b[y]}`,
  );
}

it.each([
  ['abc', 'abc', 'aa bb cc'],
  ['', 'a', '-a'],
  ['abcde', 'abde', 'aa bb c- dd ee'],
  ['abde', 'abXde', 'aa bb -X dd ee'],
  ['abcd', 'aXcd', 'aa bX cc dd'],
  ['abc', 'abcdef', 'aa bb cc -d -e -f'],
  ['abc', 'xyz', 'ax by cz'],
])('%s and %s', (a, b, expected) => {
  expect(shown(a, b).join(' ')).toBe(expected);
});
