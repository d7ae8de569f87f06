import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingJson } from './growing-json.ts';

function grow(...pieces: string[]) {
  const json = new GrowingJson();
  for (const piece of pieces) json.push(piece);
  return json;
}

/** The same without the properties that are `null`, which nobody tells from those that are missing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutNulls(each)]));
}

/** Whether there is nothing in `part` that is not in `whole`. */
function isWithin(part: unknown, whole: unknown): boolean {
  if (typeof part === 'string') return typeof whole === 'string' && whole.startsWith(part);
  if (typeof part !== 'object' || part === null) return Object.is(part, whole) || part === whole;
  if (typeof whole !== 'object' || whole === null || Array.isArray(part) !== Array.isArray(whole))
    return false;
  return Object.entries(part).every(
    ([key, each]) => Object.hasOwn(whole, key) && isWithin(each, (whole as Record<string, unknown>)[key]),
  );
}

describe('JSON while it is written', () => {
  it('agrees with JSON.parse, grows only, and every beginning is part of the whole', () => {
    const value = fc.oneof(
      fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
      fc.array(fc.jsonValue()),
    );
    const spaced = fc.tuple(value, fc.constantFrom(undefined, 1));
    fc.assert(
      fc.property(spaced, fc.infiniteStream(fc.integer({ min: 1, max: 5 })), ([value, space], sizes) => {
        const text = JSON.stringify(value, null, space);
        const whole = withoutNulls(JSON.parse(text));
        const json = new GrowingJson();
        let before: unknown = Array.isArray(whole) ? [] : {};
        for (let at = 0; at < text.length; ) {
          const size = Number(sizes.next().value);
          const { changes } = json;
          json.push(text.slice(at, at + size));
          at += size;
          const now = json.value();
          expect(isWithin(now, whole)).toBe(true);
          expect(isWithin(before, now)).toBe(true);
          if (json.changes === changes) expect(now).toEqual(before);
          before = now;
        }
        expect(json.state).toBe('whole');
        expect(json.value()).toEqual(whole);
      }),
      // Each looks at every beginning of a text, which takes the square of its length.
      { numRuns: 150 },
    );
  });

  it('what was given does not change any more', () => {
    const json = grow('{"a":[1,');
    const first = json.value();
    json.push('2],"b":"');
    expect(first).toEqual({ a: [1] });
    expect(json.value()).toEqual({ a: [1, 2], b: '' });
  });

  it.each<[string, unknown]>([
    ['{', {}],
    ['{"na', {}],
    ['{"name"', {}],
    ['{"name":', {}],
    ['{"name":"A\\', { name: 'A' }],
    ['{"name":"A\\u00e', { name: 'A' }],
    ['{"name":"A\\ud83d', { name: 'A' }],
    ['{"name":"A\\ud83d\\ude00', { name: 'A😀' }],
    ['{"n":12', {}],
    ['{"n":12,', { n: 12 }],
    ['{"n":-1.5e3}', { n: -1500 }],
    ['{"b":tru', {}],
    ['{"b":true,"c":null,"d":[null', { b: true, d: [] }],
    ['[[[{"a":[', [[[{ a: [] }]]]],
    ['{"a":1,"a":2}', { a: 2 }],
  ])('%s', (text, value) => {
    expect(grow(text).value()).toEqual(value);
    expect(grow(...text).value()).toEqual(value);
  });

  it.each([
    '{a',
    '{"a" 1',
    '{"a":01,',
    '{"a":tru,',
    '{"a":"\\x',
    '{,',
    '[1 2',
    '{"a":1,}',
    '[1,]',
    '{"a":1]',
    '{"a":"\\u12x4',
  ])('%s is none, and what there was stays', (text) => {
    const json = grow(text);
    expect(json.state).toBe('broken');
    expect(json.push('"more')).toBe(0);
    expect([{}, { a: 1 }, { a: '' }, [1], []]).toContainEqual(json.value());
  });

  it('pollutes nothing', () => {
    const value = grow('{"__proto__":{"polluted":1},"a":{"__proto__":{"x":2}}').value() as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(['__proto__', 'a']);
  });

  it('is linear in a long text, and safe from deep nesting', () => {
    const json = grow('{"a":"');
    for (let i = 0; i < 100_000; i++) {
      json.push('word ');
      json.value();
    }
    expect((json.value() as { a: string }).a).toHaveLength(500_000);
    expect(grow('['.repeat(1_000_000)).state).toBe('broken');
  });
});
