import { startsOf } from './owned-times.ts';

/**
 * Sums, up to each thing, of a value that things have, owner by owner in the order of time: a column for
 * `OwnedTimes.read`. `NaN` until a value is known.
 */
export function runningSums(
  { owners, times }: { owners: readonly number[]; times: readonly number[] },
  values: readonly (number | undefined)[],
  ownerCount: number,
): Float64Array {
  const starts = startsOf(owners, ownerCount);
  const next = starts.slice();
  const things = new Uint32Array(owners.length);
  owners.forEach((owner, thing) => {
    things[next[owner] ?? 0] = thing;
    next[owner] = (next[owner] ?? 0) + 1;
  });
  const sums = new Float64Array(owners.length);
  for (let owner = 0; owner < ownerCount; owner++) {
    const start = starts[owner] ?? 0;
    let sum = Number.NaN;
    things
      .subarray(start, starts[owner + 1])
      .sort((a, b) => compare(times[a] ?? 0, times[b] ?? 0))
      .forEach((thing, place) => {
        const value = values[thing];
        if (value !== undefined) sum = (Number.isNaN(sum) ? 0 : sum) + value;
        sums[start + place] = sum;
      });
  }
  return sums;
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
