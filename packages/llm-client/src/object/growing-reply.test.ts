import { describe, expect, it } from 'vitest';
import { GrowingReply } from './growing-reply.ts';

/** What a reply tells, a character at a time; only what is new. */
function tell(text: string, wrapped = false): unknown[] {
  const reply = new GrowingReply(wrapped);
  return [...text].flatMap((char) => {
    const value = reply.push(char) ? reply.value() : undefined;
    return value === undefined ? [] : [value];
  });
}

describe('an object in a reply', () => {
  it.each<[string, string]>([
    ['alone', '{"a":1}'],
    ['in a fence', 'Here:\n```json\n{ "a":1}\n``` That {is} "it".'],
    ['behind thoughts', '\n<think>maybe {"a":0}?</think>{"a":1}'],
    ['behind braces that are none', 'a {b} {"c" d} {"a":1}'],
  ])('%s', (_, text) => {
    expect(tell(text).at(-1)).toEqual({ a: 1 });
    const at_once = new GrowingReply(false);
    at_once.push(text);
    expect(at_once.value()).toEqual({ a: 1 });
  });

  it('is taken out of what stands around it, where something does', () => {
    expect(tell('{"result":["a', true)).toEqual([[], [''], ['a']]);
    expect(tell('[1,2]', true).at(-1)).toEqual([1, 2]);
    expect(tell('{"a":1}', true)).toEqual([{ a: 1 }]);
    expect(tell('see [1]: nothing')).toEqual([]);
  });

  it('reads long prose once', () => {
    const reply = new GrowingReply(true);
    for (let i = 0; i < 200_000; i++) reply.push('some { [prose ');
    reply.push('{"result":1}');
    expect(reply.value()).toBe(1);
  });
});
