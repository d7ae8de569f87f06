import { expect, it } from 'vitest';
import { timeTicks } from './time-ticks.ts';

const from0 = (end: number, most: number) => timeTicks({ start: 0, end }, most);

it('marks round times, not more than there is room for', () => {
  expect(from0(65_000, 7)).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
  expect(from0(1, 6)).toEqual([0, 1]);
  for (const duration of [1, 17, 999, 86_400_000 * 400])
    expect(from0(duration, 6).length).toBeLessThanOrEqual(7);
});

it('begins inside the interval', () => {
  expect(timeTicks({ start: 12_300, end: 14_000 }, 4)).toEqual([12_500, 13_000, 13_500, 14_000]);
});
