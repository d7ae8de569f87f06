import { expect, it } from 'vitest';
import { costText } from '../page/model/cost.ts';
import { formatCost, formatDuration, formatOffset, formatShort, formatTime, plural } from './format.ts';

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [999.6, '1 s'],
  [2440, '2.4 s'],
  [59_940, '59.9 s'],
  [59_960, '1 m'],
  [185_000, '3 m 05 s'],
  [3_599_600, '1 h'],
  [3_720_000, '1 h 02 m'],
])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

it.each([
  [999, '999'],
  [1000, '1k'],
  [12_345, '12.3k'],
  [99_960, '100k'],
  [999_960, '1M'],
  [1_234_567, '1.2M'],
])('%d is short %s', (value, text) => expect(formatShort(value)).toBe(text));

it('writes money with the digits that say something', () => {
  expect([0, 0.00001234, 0.00421, 1.375].map(formatCost)).toEqual(['$0', '$0.000012', '$0.0042', '$1.38']);
});

it('never shows an unknown price as 0', () => {
  expect(costText({ calls: 0, unpricedCalls: 0 })).toBe('–');
  expect(costText({ calls: 2, unpricedCalls: 2 })).toBe('unpriced');
  expect(costText({ calls: 2, unpricedCalls: 1, costUsd: 0.5 })).toBe('≥ $0.5000');
});

it('writes times in UTC and leaves what is no time', () => {
  expect(formatTime('2026-11-22T10:00:00.123+01:00')).toBe('2026-11-22 09:00:00 UTC');
  expect(formatTime('soon')).toBe('soon');
});

it('counts in words', () =>
  expect([plural(1, 'call'), plural(1200, 'call')]).toEqual(['1 call', '1,200 calls']));

it.each([
  [0, 100, '0'],
  [340, 100, '340 ms'],
  [2400, 100, '2.4 s'],
  [65_240, 100, '1:05.2'],
  [65_240, 1000, '1:05'],
  [99_972_300, 100, '27:46:12'],
  [99_972_345, 5, '27:46:12.345'],
  [59_999, 5, '0:59.999'],
])('%d ms beside others %d ms away is %s', (ms, step, text) => {
  expect(formatOffset(ms, step)).toBe(text);
});
