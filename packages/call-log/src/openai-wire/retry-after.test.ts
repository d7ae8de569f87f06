import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const now = Date.parse('2026-11-22T12:00:00Z');

it.each<[Record<string, string>, number | undefined]>([
  [{ 'retry-after-ms': '12.5', 'retry-after': '9' }, 12.5],
  [{ 'retry-after': '1.5' }, 1500],
  [{ 'retry-after': 'Sun, 22 Nov 2026 12:00:03 GMT' }, 3000],
  [{ 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '' }, undefined],
  [{}, undefined],
])('%j asks to wait %s ms', (headers, expected) => {
  expect(retryAfterMs(new Headers(headers), now)).toBe(expected);
});
