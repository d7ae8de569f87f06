import { expect, it } from 'vitest';
import { formatBytes, formatCost, formatDuration } from './format.ts';
import { parseAge, parseSize } from './quantity.ts';
import { fitTo, textWidth, wrapTo } from './text-width.ts';

it.each([
  [undefined, '–'],
  [0, '0 ms'],
  [999.4, '999 ms'],
  [999.6, '1.0 s'],
  [59_960, '1 min 0 s'],
  [3_725_000, '1 h 2 min'],
  [100 * 3_600_000, '4 d 4 h'],
])('%s ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [999.6e3, '1.0 MB'],
  [126_000, '126 kB'],
])('%s bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it('a cost that is not known is not 0', () => {
  expect(formatCost({ unpriced_calls: 2 })).toBe('unpriced');
  expect(formatCost({ cost_usd: 0.01234, unpriced_calls: 1 })).toBe('$0.0123 + 1 unpriced');
  expect(formatCost({ cost_usd: 0, unpriced_calls: 0 })).toBe('$0.00');
});

it('reads ages and sizes, and refuses the rest', () => {
  expect([parseAge('30d'), parseAge('1.5h')]).toEqual([30 * 86_400_000, 5_400_000]);
  expect([parseSize('500MB'), parseSize('2 gb')]).toEqual([5e8, 2e9]);
  for (const wrong of ['30', 'd', '-1d', '3constructor'])
    expect(() => parseAge(wrong)).toThrow(/an age such as/);
});

it('measures, cuts and wraps by columns', () => {
  expect([textWidth('日本'), textWidth('e\u0301'), textWidth('👍')]).toEqual([4, 1, 2]);
  expect([fitTo(3, '日本語'), fitTo(5, 'hello'), fitTo(4, 'hello')]).toEqual(['日…', 'hello', 'hel…']);
  expect(wrapTo(6, 'one two  threefour')).toEqual(['one', 'two', 'threef', 'our']);
});
