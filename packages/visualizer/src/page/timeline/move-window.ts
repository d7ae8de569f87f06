import type { Interval } from '../../page-data/interval.ts';

/** The shortest window, in milliseconds. */
const SHORTEST = 2;

/** A window that is `factor` times as long, in which `around` stays where it is on the screen. */
export function zoomWindow(
  { start, end }: Interval,
  factor: number,
  around: number,
  runEnd: number,
): Interval {
  const length = Math.min(runEnd, Math.max(SHORTEST, (end - start) * factor));
  const share = end === start ? 0.5 : (around - start) / (end - start);
  return within(around - share * length, length, runEnd);
}

/** The same window, that much later. */
export function panWindow({ start, end }: Interval, by: number, runEnd: number): Interval {
  return within(start + by, end - start, runEnd);
}

function within(start: number, length: number, runEnd: number): Interval {
  const first = Math.min(Math.max(0, start), Math.max(0, runEnd - length));
  return { start: first, end: Math.min(runEnd, first + length) };
}
