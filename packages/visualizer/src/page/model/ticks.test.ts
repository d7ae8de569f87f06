import { expect, it } from 'vitest';
import { timeTicks } from './ticks.ts';

it('marks round times, not more than there is room for', () => {
  expect(timeTicks(65_000, 7)).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
  expect(timeTicks(1, 6)).toEqual([0, 1]);
  for (const duration of [1, 17, 999, 86_400_000 * 400])
    expect(timeTicks(duration, 6).length).toBeLessThanOrEqual(7);
});
