/** Something that lasts, in milliseconds. */
export interface Interval {
  start: number;
  end: number;
}

/**
 * Which track of its lane each interval goes to so that none overlap: the first that is free. Above
 * `mostTracks` the last track is shared.
 *
 * @param intervals in the order of their beginnings
 */
export function packTracks(
  intervals: readonly Interval[],
  mostTracks: number,
): { tracks: number[]; count: number } {
  const freeFrom: number[] = [];
  const tracks = intervals.map(({ start, end }) => {
    const free = freeFrom.findIndex((time) => time <= start);
    const track = free >= 0 ? free : Math.min(freeFrom.length, mostTracks - 1);
    freeFrom[track] = Math.max(end, freeFrom[track] ?? 0);
    return track;
  });
  return { tracks, count: Math.max(1, freeFrom.length) };
}
