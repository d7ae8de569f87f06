import { describe, expect, it } from 'vitest';
import { findJson } from './find-json.ts';

const found = (text: string) => [...findJson(text)];

describe('findJson', () => {
  it.each([
    ['alone', '{"a":1}', [{ a: 1 }]],
    ['with space around it', '\n [1, 2]\n', [[1, 2]]],
    ['in a code fence', 'Here:\n```json\n{"a":1}\n```\nDone.', [{ a: 1 }]],
    ['in prose', 'The answer {you asked for} is {"a":{"b":"}"}}, as [1] says.', [{ a: { b: '}' } }, [1]]],
    ['with code in its texts', '```\n{"a":"```js\\n{\\"}```"}\n```', [{ a: '```js\n{"}```' }]],
    ['after a stray bracket', '{ oops\nand then {"a":1}', [{ a: 1 }]],
    ['after thoughts', '<think>{"a":0} or so</think>{"a":1}', [{ a: 1 }]],
    ['more than once', '{"a":1} or {"a":2}', [{ a: 1 }, { a: 2 }]],
    ['not at all', 'No.', []],
    ['with an apostrophe before it', 'It\'s "quoted: {"a":1}', [{ a: 1 }]],
  ])('finds JSON %s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each(['{"a":{"b":1},"c":', '[{"a":1},', 'Sure: {"list":[{"a":1}'])(
    'takes no part for the whole: %s',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );

  it('is not held up by a text full of brackets', () => {
    const before = performance.now();
    expect(found(`${'{x'.repeat(500_000)}{"a":1}`)).toEqual([]);
    expect(found(`<think>${'<think>'.repeat(100_000)}`)).toEqual([]);
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});
