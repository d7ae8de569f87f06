import type { TimelineScene } from './draw-timeline.ts';
import { BAR_HEIGHT, type Lanes } from './lanes.ts';

/** Narrower calls have no outline, only the line through them. */
const NARROW = 6;
/** Stretches of the line that are shorter, in CSS pixels, are left out. */
const LEAST_STEP = 0.75;

const trackTops = new WeakMap<Lanes, Map<number, number>>();

/** The critical path: its calls outlined, and a line from the end of each to the beginning of the next. */
export function drawPath(
  context: CanvasRenderingContext2D,
  { run: { calls }, lanes, scale, width, palette }: TimelineScene,
  path: readonly number[],
): void {
  const tops = trackTops.get(lanes) ?? topsOf(lanes);
  trackTops.set(lanes, tops);
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5;
  context.lineJoin = 'round';
  context.beginPath();
  let [atX, atY] = [Number.NaN, Number.NaN];
  for (const place of path) {
    const top = tops.get(place);
    const left = scale.toX(calls.start[place] ?? 0);
    if (left > width && !(atX <= width)) break;
    // Its lane may be filtered away.
    if (top === undefined) continue;
    const right = scale.toX(calls.end[place] ?? 0);
    const y = top + BAR_HEIGHT / 2;
    const isSeen = right >= 0 && !(atX > width);
    if (isSeen && !Number.isNaN(atX) && (left - atX >= LEAST_STEP || Math.abs(y - atY) >= LEAST_STEP)) {
      context.moveTo(atX, atY);
      context.lineTo(left, atY);
      context.lineTo(left, y);
    }
    if (isSeen && right - left >= NARROW)
      context.roundRect(left + 0.25, top + 0.25, right - left - 0.5, BAR_HEIGHT - 0.5, 2.5);
    else if (isSeen) {
      context.moveTo(left, y);
      context.lineTo(right, y);
    }
    [atX, atY] = [right, y];
  }
  context.stroke();
}

/** How far down each call's bar begins. */
function topsOf({ rows }: Lanes): Map<number, number> {
  const tops = new Map<number, number>();
  for (const { tracks } of rows)
    for (const { calls, y } of tracks) for (const place of calls) tops.set(place, y);
  return tops;
}
