import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromAnyValue, fromKeyValues, toAnyValue, toKeyValues } from './any-value.ts';

it('any JSON value comes back, through a file', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));
      expect(fromAnyValue(JSON.parse(JSON.stringify(toAnyValue(plain as never))))).toEqual(plain);
    }),
  );
});

it('what OTLP writes otherwise has its own form', () => {
  expect(toAnyValue({ a: null, b: [], c: {}, d: 7, e: 0.5, f: 1e300 })).toEqual({
    kvlistValue: {
      values: [
        { key: 'a', value: {} },
        { key: 'b', value: { arrayValue: { values: [] } } },
        { key: 'c', value: { kvlistValue: { values: [] } } },
        { key: 'd', value: { intValue: 7 } },
        { key: 'e', value: { doubleValue: 0.5 } },
        { key: 'f', value: { doubleValue: 1e300 } },
      ],
    },
  });
});

it.each([
  [{ intValue: '42' }, 42],
  [{ intValue: '9223372036854775807' }, '9223372036854775807'],
  [{ intValue: 'x' }, null],
  [{ doubleValue: 'NaN' }, 'NaN'],
  [{ doubleValue: '1.5' }, 1.5],
  [{ bytesValue: 'AAE=' }, 'AAE='],
  [{ arrayValue: {} }, []],
  [{ arrayValue: { values: [null, 7, { stringValue: 'x' }] } }, [null, null, 'x']],
  [{ kvlistValue: {} }, {}],
  [{ stringValue: 7 }, null],
  ['text', null],
  [null, null],
])('%j of whoever is %j', (given, value) => {
  expect(fromAnyValue(given)).toEqual(value);
});

it('a key called __proto__ is a key', () => {
  const attributes: unknown = JSON.parse('{"__proto__":{"x":1}}');
  const back = fromKeyValues(toKeyValues(attributes as never));
  expect(JSON.stringify(back)).toBe('{"__proto__":{"x":1}}');
  expect(({} as { x?: unknown }).x).toBeUndefined();
});

it('attributes that are none are passed over', () => {
  expect(fromKeyValues('no')).toEqual({});
  expect(
    fromKeyValues([null, 7, { key: 5 }, { key: 'a', value: { boolValue: true } }, { key: 'b' }]),
  ).toEqual({
    a: true,
    b: null,
  });
});

it('a value without end is refused, not walked', () => {
  const deep: unknown = JSON.parse(`${'{"arrayValue":{"values":['.repeat(5000)}${']}}'.repeat(5000)}`);
  expect(() => fromAnyValue(deep)).toThrow(RangeError);
});
