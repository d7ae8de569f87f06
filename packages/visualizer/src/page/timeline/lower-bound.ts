/** The first place in `places` whose time is not before `time`; their number when there is none. */
export function lowerBound(places: Int32Array, times: Float64Array, time: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[places[middle] ?? 0] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
