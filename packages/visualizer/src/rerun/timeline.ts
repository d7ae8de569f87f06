import type { TimeColumn } from './chunk.ts';
import type { Moment, Moments } from './moments.ts';
import { callTimes, clockTimes } from './times.ts';

/** A run along one of the timelines. */
export interface Timeline {
  /** In the order of the timeline. */
  moments: readonly Moment[];
  /** Where in `moments` each group at the same place begins. */
  starts: readonly number[];
  /** A moment's place: the number of a call, or milliseconds since 1970. */
  placeOf(moment: Moment): number;
  /** Places as a column. */
  column(places: readonly number[]): TimeColumn;
  /** Whether calls last, so that several may go on at the same place. */
  overlaps: boolean;
}

/** The two timelines of a recording: `call` and `time`. */
export function timelinesOf({ byCall, byTime }: Moments): Timeline[] {
  return [
    timeline(byCall, ({ call }) => call, callTimes, false),
    timeline(byTime, ({ ms }) => ms, clockTimes, true),
  ];
}

function timeline(
  moments: readonly Moment[],
  placeOf: Timeline['placeOf'],
  column: Timeline['column'],
  overlaps: boolean,
): Timeline {
  const starts: number[] = [];
  let last: number | undefined;
  moments.forEach((moment, index) => {
    const place = placeOf(moment);
    if (place !== last) starts.push(index);
    last = place;
  });
  return { moments, starts, placeOf, column, overlaps };
}
