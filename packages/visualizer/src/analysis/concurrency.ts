import type { RunClock } from './run-clock.ts';

/** How many calls were under way at the same time. */
export interface Concurrency {
  /** The most at any moment. */
  peak: number;
  /** The average over the run; absent when it took no time. */
  mean?: number;
  /** Milliseconds during which no call was under way. */
  idleMs: number;
  /** The average in each of equal parts of the run, rounded to a hundredth; empty when it took no time. */
  overTime: number[];
}

const PARTS = 60;

/** Concurrency over time. A call that ends when another begins does not overlap it. */
export function concurrencyOf({ calls, durationMs }: RunClock): Concurrency {
  const lasting = calls.filter(({ startMs, endMs }) => endMs > startMs);
  const starts = Float64Array.from(lasting, ({ startMs }) => startMs).sort();
  const ends = Float64Array.from(lasting, ({ endMs }) => endMs).sort();
  const partMs = durationMs / PARTS;
  const overTime = new Float64Array(durationMs > 0 ? PARTS : 0);
  let [open, peak, busyMs, callMs, before] = [0, 0, 0, 0, 0];
  for (let started = 0, ended = 0; ended < ends.length; ) {
    const [start = Number.POSITIVE_INFINITY, end = 0] = [starts[started], ends[ended]];
    const isStart = start < end;
    const atMs = isStart ? start : end;
    if (open > 0) {
      busyMs += atMs - before;
      callMs += open * (atMs - before);
      spread(overTime, partMs, before, atMs, open);
    }
    open += isStart ? 1 : -1;
    if (isStart) started++;
    else ended++;
    peak = Math.max(peak, open);
    before = atMs;
  }
  return {
    peak,
    ...(durationMs > 0 && { mean: callMs / durationMs }),
    idleMs: durationMs - busyMs,
    overTime: [...overTime].map((ms) => Math.round((ms / partMs) * 100) / 100),
  };
}

/** Adds `open` calls between two times to the parts that they lie in. */
function spread(parts: Float64Array, partMs: number, fromMs: number, toMs: number, open: number): void {
  const last = Math.min(parts.length - 1, Math.floor(toMs / partMs));
  for (let part = Math.floor(fromMs / partMs); part <= last; part++) {
    const overlap = Math.min(toMs, (part + 1) * partMs) - Math.max(fromMs, part * partMs);
    if (overlap > 0) parts[part] = (parts[part] ?? 0) + overlap * open;
  }
}
