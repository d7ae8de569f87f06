import type { Interval } from '../../page-data/interval.ts';

/** Room at both ends, so that nothing sits on the border. */
const MARGIN = 4;

/** Between time, in milliseconds since the run began, and pixels from the left. */
export interface Scale {
  toX(time: number): number;
  toTime(x: number): number;
  /** Milliseconds a pixel. */
  perPixel: number;
}

export function createScale({ start, end }: Interval, width: number): Scale {
  const perPixel = (end - start) / Math.max(1, width - 2 * MARGIN);
  return {
    toX: (time) => (time - start) / perPixel + MARGIN,
    toTime: (x) => (x - MARGIN) * perPixel + start,
    perPixel,
  };
}
