import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sameJson } from './same-json.ts';

const json = () => fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, reversed(each)] as const);
  return Object.fromEntries(entries.reverse());
}

it('JSON is the same when it is equal, whatever the order of keys', () => {
  fc.assert(fc.property(json(), (value) => sameJson(value, reversed(value))));
  fc.assert(fc.property(json(), json(), (a, b) => sameJson(a, b) === isDeepStrictEqual(a, b)));
});

it('texts may count as equal that are not', () => {
  const isSame = (a: string, b: string) => a.toLowerCase() === b;
  expect(sameJson({ a: ['X', 1] }, { a: ['x', 1] }, isSame)).toBe(true);
  expect(sameJson({ a: ['X', 1] }, { a: ['y', 1] }, isSame)).toBe(false);
});
