/**
 * The place of the call after (`by` 1) or before (-1) another one, of those that are `wanted`; from nowhere the
 * first or the last. `undefined` at the end.
 */
export function neighbourCall(
  { count }: { count: number },
  from: number | undefined,
  by: 1 | -1,
  wanted: (place: number) => boolean,
): number | undefined {
  const outside = by === 1 ? -1 : count;
  for (let place = (from ?? outside) + by; place >= 0 && place < count; place += by)
    if (wanted(place)) return place;
  return undefined;
}
