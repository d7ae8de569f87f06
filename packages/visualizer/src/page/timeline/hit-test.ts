import type { RunModel } from '../run/run-model.ts';
import { BAR_HEIGHT, type Lanes, type Track } from './lanes.ts';
import { lowerBound } from './lower-bound.ts';
import type { Scale } from './scale.ts';

/** What is under the pointer: the place of a call or of a message. */
export type Hit = { type: 'call'; place: number } | { type: 'message'; place: number };

/** How far beside something small somebody may point, in CSS pixels. */
const REACH = 4;

/** @param y below the top of the first lane, whatever is scrolled away */
export function hitTest(run: RunModel, lanes: Lanes, scale: Scale, x: number, y: number): Hit | undefined {
  const lane = lanes.rows.find(({ top, height }) => y >= top && y < top + height);
  if (lane === undefined) return undefined;
  const track = lane.tracks.find((one) => y >= one.y - 1 && y <= one.y + BAR_HEIGHT + 1);
  if (track !== undefined) {
    const place = callAt(run, track, scale, x);
    return place === undefined ? undefined : { type: 'call', place };
  }
  if (Math.abs(y - lane.markY) > REACH + 2) return undefined;
  const { at } = run.messages;
  const next = lowerBound(lane.messages, at, scale.toTime(x));
  const near = [next - 1, next]
    .map((order) => lane.messages[order])
    .filter((place) => place !== undefined)
    .map((place) => ({ place, away: Math.abs(scale.toX(at[place] ?? 0) - x) }))
    .sort((a, b) => a.away - b.away)[0];
  return near !== undefined && near.away <= REACH ? { type: 'message', place: near.place } : undefined;
}

function callAt({ calls }: RunModel, track: Track, scale: Scale, x: number): number | undefined {
  const next = lowerBound(track.calls, calls.start, scale.toTime(x));
  let best: { place: number; away: number } | undefined;
  for (let order = Math.max(0, next - 2); order <= Math.min(track.calls.length - 1, next + 1); order++) {
    const place = track.calls[order] ?? 0;
    const [left, right] = [scale.toX(calls.start[place] ?? 0), scale.toX(calls.end[place] ?? 0)];
    const away = Math.max(0, left - x, x - right);
    if (away <= REACH && (best === undefined || away < best.away)) best = { place, away };
  }
  return best?.place;
}
