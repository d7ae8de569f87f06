import { expect, it } from 'vitest';
import { latencyOf } from './latency.ts';

it('gives durations that were measured', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(latencyOf(hundred)).toEqual({ count: 100, meanMs: 50.5, p50Ms: 50, p95Ms: 95, maxMs: 100 });
  expect(latencyOf([7])).toEqual({ count: 1, meanMs: 7, p50Ms: 7, p95Ms: 7, maxMs: 7 });
  expect(latencyOf([1, 9])).toMatchObject({ p50Ms: 1, p95Ms: 9 });
});

it('knows nothing of nothing', () => {
  expect(latencyOf([])).toBeUndefined();
});
