import type { Interval } from '../../page-data/interval.ts';

/**
 * Which track of its lane each interval goes to so that none overlap: the first that is free. Above
 * `mostTracks` the last track is shared.
 *
 * @param intervals in the order of their beginnings
 */
export function packTracks(
  intervals: Iterable<Interval>,
  mostTracks: number,
): { tracks: number[]; count: number } {
  const freeFrom: number[] = [];
  const tracks: number[] = [];
  for (const { start, end } of intervals) {
    const free = freeFrom.findIndex((time) => time <= start);
    const track = free >= 0 ? free : Math.min(freeFrom.length, mostTracks - 1);
    freeFrom[track] = Math.max(end, freeFrom[track] ?? 0);
    tracks.push(track);
  }
  return { tracks, count: Math.max(1, freeFrom.length) };
}
