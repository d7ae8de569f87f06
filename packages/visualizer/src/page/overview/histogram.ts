import { callTone, statusAt } from '../../text/status.ts';
import type { RunModel } from '../run/run-model.ts';

/** How many calls were going on, per slice of the run's time. */
export interface Histogram {
  /** Calls going on in each slice. */
  calls: Float64Array;
  /** Of these, the ones that came to a bad end in that slice. */
  troubles: Float64Array;
  /** The most in any slice. */
  most: number;
  mostTroubles: number;
}

/** Counts in one pass over the calls, however long they took: beginnings and ends are added up. */
export function countOverTime({ calls, end }: RunModel, slices: number): Histogram {
  const change = new Float64Array(slices + 1);
  const troubles = new Float64Array(slices);
  const sliceOf = (time: number) => Math.min(slices - 1, Math.max(0, Math.floor((time / end) * slices)));
  for (let place = 0; place < calls.count; place++) {
    const last = sliceOf(calls.end[place] ?? 0);
    const first = sliceOf(calls.start[place] ?? 0);
    change[first] = (change[first] ?? 0) + 1;
    change[last + 1] = (change[last + 1] ?? 0) - 1;
    if (callTone(statusAt(calls.status[place])) === 'bad') troubles[last] = (troubles[last] ?? 0) + 1;
  }
  const counts = new Float64Array(slices);
  let [current, most, mostTroubles] = [0, 0, 0];
  for (let slice = 0; slice < slices; slice++) {
    current += change[slice] ?? 0;
    counts[slice] = current;
    most = Math.max(most, current);
    mostTroubles = Math.max(mostTroubles, troubles[slice] ?? 0);
  }
  return { calls: counts, troubles, most, mostTroubles };
}
