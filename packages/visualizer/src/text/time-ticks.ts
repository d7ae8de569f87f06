import type { Interval } from '../page-data/interval.ts';

/** Steps of a time axis, in milliseconds. */
const STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 10e3, 15e3, 30e3, 60e3, 120e3, 300e3, 600e3, 900e3,
  1800e3, 3600e3, 7200e3, 14400e3, 21600e3, 43200e3, 86400e3,
];

/** Round times in an interval, at most about `most` of them. */
export function timeTicks({ start, end }: Interval, most: number): number[] {
  const wanted = (end - start) / Math.max(1, most);
  const step = STEPS.find((candidate) => candidate >= wanted) ?? Math.ceil(wanted / 86400e3) * 86400e3;
  const ticks: number[] = [];
  for (let time = Math.ceil(start / step) * step; time <= end; time += step) ticks.push(time);
  return ticks;
}
