import type { TimelineScene } from './draw-timeline.ts';
import { BAR_HEIGHT, type Lanes } from './lanes.ts';
import { lowerBound } from './lower-bound.ts';

/** Narrower calls have no outline, only the line through them. */
const NARROW = 6;
/** Lines nearer to each other than that, in CSS pixels, are drawn as one. */
const LEAST_APART = 1;

const barTops = new WeakMap<Lanes, Float64Array>();

/** The critical path: its calls outlined, and a line from the end of each to the beginning of the next. */
export function drawPath(
  context: CanvasRenderingContext2D,
  { run: { calls }, lanes, scale, width, palette }: TimelineScene,
  path: Int32Array,
): void {
  const tops = barTops.get(lanes) ?? topsOf(lanes, calls.count);
  barTops.set(lanes, tops);
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5;
  context.lineJoin = 'round';
  context.beginPath();
  const across = (from: number, to: number, y: number) => {
    if (to - from < LEAST_APART) return;
    context.moveTo(from, y);
    context.lineTo(to, y);
  };
  let [column, low, high] = [Number.NaN, 0, 0];
  const flush = () => {
    if (!(high > low)) return;
    context.moveTo(column, low);
    context.lineTo(column, high);
  };
  const down = (x: number, from: number, to: number) => {
    if (!(x - column < LEAST_APART)) {
      flush();
      [column, low, high] = [x, Math.min(from, to), Math.max(from, to)];
    } else [low, high] = [Math.min(low, from, to), Math.max(high, from, to)];
  };

  // From the last call that begins before the window: it, or the line from it, may reach into it.
  const first = Math.max(0, lowerBound(path, calls.start, scale.toTime(0)) - 1);
  let [penX, penY] = [Number.NaN, Number.NaN];
  for (let step = first; step < path.length && !(penX > width); step++) {
    const place = path[step] ?? 0;
    const top = tops[place] ?? Number.NaN;
    // Its lane may be filtered away.
    if (Number.isNaN(top)) continue;
    const [left, right] = [scale.toX(calls.start[place] ?? 0), scale.toX(calls.end[place] ?? 0)];
    const y = top + BAR_HEIGHT / 2;
    if (!Number.isNaN(penX)) {
      across(penX, left, penY);
      down(left, penY, y);
    }
    if (right - left >= NARROW)
      context.roundRect(left + 0.25, top + 0.25, right - left - 0.5, BAR_HEIGHT - 0.5, 2.5);
    else across(left, right, y);
    [penX, penY] = [right, y];
  }
  flush();
  context.stroke();
}

/** How far down each call's bar begins, by place; NaN for one that has no lane. */
function topsOf({ rows }: Lanes, count: number): Float64Array {
  const tops = new Float64Array(count).fill(Number.NaN);
  for (const { tracks } of rows) {
    for (const { calls, y } of tracks) for (const place of calls) tops[place] = y;
  }
  return tops;
}
