import { expect, it } from 'vitest';
import { isOpenAt, nodeOpacity } from './calls-fade.ts';

const call = { key: 'k', kind: 'call' as const, id: 'c', lane: 0, label: 'm', members: [0] };
const done = { ...call, status: 'ok', atMs: 1000, endMs: 2000 };

it('shows little of what is to come, all of what is going on, and less and less of what is over', () => {
  const seen = [999, 1000, 1999, 2000, 2100, 2500, 99_999].map((at) => nodeOpacity(done, at, 100));
  expect(seen).toEqual([...seen.slice(0, 1), 1, 1, 1, ...seen.slice(4)]);
  expect(seen[0]).toBeLessThan(0.2);
  expect(seen.slice(3)).toEqual([...seen.slice(3)].sort((a, b) => b - a));
  expect(seen.at(-1)).toBeGreaterThan(0.4);
});

it('knows what was going on', () => {
  expect([999, 1000, 1999, 2000].map((at) => isOpenAt(done, at))).toEqual([false, true, true, false]);
  expect(isOpenAt({ ...call, status: 'open', atMs: 1000 }, 5000)).toBe(true);
  expect(isOpenAt({ ...call, status: 'interrupted', atMs: 1000 }, 5000)).toBe(false);
});
