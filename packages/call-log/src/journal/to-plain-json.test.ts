import { describe, expect, it } from 'vitest';
import { MAX_STRING_LENGTH, toPlainJson } from './to-plain-json.ts';

const same = (text: string) => text;
const plain = (value: unknown) => toPlainJson(value, same);

class Itself {
  kept = 1;
  toJSON() {
    return this;
  }
}

class Point {
  x = 1;
  get y() {
    return 2;
  }
}

describe('what JSON can hold', () => {
  it.each<[string, unknown]>([
    ['values', { a: [1, 'two', true, null, { b: -0.5 }], empty: {}, none: [] }],
    ['a date', { at: new Date(0) }],
    ['an object with toJSON', { price: { toJSON: () => ({ usd: 1 }) } }],
    ['a toJSON that gives itself', new Itself()],
    ['an instance', new Point()],
    ['boxed values', [Object('text'), Object(7), Object(false)]],
    ['undefined', { gone: undefined, list: [undefined, 1] }],
    ['an object in two places', ((shared) => [shared, shared])({ a: 1 })],
    ['lone surrogates', ['\ud800', '\udc00x', 'x\ud83d']],
    ['a key called __proto__', JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":1}}')],
    ['no prototype', Object.assign(Object.create(null), { a: 1 })],
  ])('comes out as JSON.stringify has it: %s', (_, value) => {
    const { value: json, exact } = plain(value);
    expect(JSON.stringify(json)).toBe(JSON.stringify(value));
    expect(exact).toBe(true);
  });
});

describe('what JSON cannot hold', () => {
  const circle: Record<string, unknown> = { name: 'circle' };
  circle.self = circle;
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();

  it.each<[string, unknown, unknown]>([
    ['a circle', circle, { name: 'circle', self: '[circular]' }],
    ['a big integer', 12n, '12n'],
    ['numbers that are none', [Number.NaN, Number.POSITIVE_INFINITY], ['NaN', 'Infinity']],
    ['a function and a symbol', { f: () => 1, s: Symbol('s') }, { f: '[function]', s: '[symbol]' }],
    [
      'a map',
      new Map<unknown, unknown>([
        ['a', 1],
        [2, { b: 3 }],
        [{}, 4],
      ]),
      { a: 1, 2: { b: 3 }, '[object]': 4 },
    ],
    ['a set', new Set([1, 'two']), [1, 'two']],
    [
      'bytes',
      { a: Buffer.from('secret'), b: new ArrayBuffer(3), c: new Float64Array(2) },
      { a: '[binary 6 bytes]', b: '[binary 3 bytes]', c: '[binary 16 bytes]' },
    ],
    ['no date', new Date(Number.NaN), '[invalid date]'],
    [
      'an error with a cause',
      new TypeError('outer', { cause: Object.assign(new Error('inner'), { code: 'E' }) }),
      { name: 'TypeError', message: 'outer', cause: { name: 'Error', message: 'inner', code: 'E' } },
    ],
    [
      'a getter that throws',
      {
        get a() {
          throw new Error('hostile');
        },
        b: 1,
      },
      { a: '[threw: hostile]', b: 1 },
    ],
    [
      'a toJSON that throws',
      {
        toJSON() {
          throw 'hostile';
        },
      },
      '[threw: hostile]',
    ],
    [
      'a value that throws when thrown',
      {
        get a() {
          throw {
            toString() {
              throw 1;
            },
          };
        },
      },
      { a: '[threw: something without a text]' },
    ],
    ['a revoked proxy', { p: revoked }, { p: expect.stringContaining('[threw: ') }],
  ])('comes out as a mark: %s', (_, value, expected) => {
    const { value: json, exact } = plain(value);
    expect(JSON.parse(JSON.stringify(json))).toEqual(expected);
    expect(exact).toBe(false);
  });

  it('cuts deep nesting off', () => {
    let deep: unknown = 'bottom';
    for (let i = 0; i < 10_000; i++) deep = [deep];
    const { value, exact } = plain(deep);
    expect(JSON.stringify(value)).toContain('[too deep]');
    expect(exact).toBe(false);
  });

  it('clips a huge text, and only what is beyond the limit', () => {
    const { value, exact } = plain('x'.repeat(MAX_STRING_LENGTH + 1));
    expect(value).toBe(`${'x'.repeat(MAX_STRING_LENGTH)}[clipped 1 characters]`);
    expect(exact).toBe(false);
    expect(plain('x'.repeat(MAX_STRING_LENGTH)).exact).toBe(true);
  });
});

describe('redaction', () => {
  const redact = (text: string) => text.replaceAll('secret', '***');

  it('reaches every text: values, keys, keys of maps, messages of errors, what a getter throws', () => {
    const value = {
      secret1: ['a secret', new Map([['secret2', 1]]), new Error('secret3')],
      get x() {
        throw new Error('secret4');
      },
    };
    const { value: json, exact } = toPlainJson(value, redact);
    expect(JSON.stringify(json)).not.toContain('secret');
    expect(JSON.stringify(json).match(/\*\*\*/g)).toHaveLength(5);
    expect(exact).toBe(false);
  });

  it('comes before clipping, so that no half of a secret is left', () => {
    const text = `${'x'.repeat(MAX_STRING_LENGTH - 3)}secret`;
    expect(toPlainJson(text, redact).value).toBe(`${'x'.repeat(MAX_STRING_LENGTH - 3)}***`);
  });

  it('drops a text when it fails, and keeps the rest', () => {
    const failing = (text: string) => {
      if (text.includes('bad')) throw new Error('redactor');
      return text;
    };
    const { value, exact } = toPlainJson({ a: 'good', b: ['bad', 'good'] }, failing);
    expect(value).toEqual({ a: 'good', b: ['[dropped: redaction failed]', 'good'] });
    expect(exact).toBe(false);
  });

  it('keeps the values of keys that are one key afterwards', () => {
    const scrubbed = (text: string) => text.replace(/key-\d/, '***');
    expect(toPlainJson({ 'key-1': 1, 'key-2': 2, 'key-3': 3 }, scrubbed)).toEqual({
      value: { '***': 1, '*** 2': 2, '*** 3': 3 },
      exact: false,
    });
  });
});

it('a value whose parts are shared at every level is cut, not written 2^60 times', () => {
  let value: unknown = 'x';
  for (let level = 0; level < 60; level++) value = { a: value, b: value };
  const { value: json, exact } = plain(value);
  expect(exact).toBe(false);
  expect(JSON.stringify(json)).toContain('"[too large]"');
});
