import type { TimedCall } from './run-model.ts';

/**
 * The call after (`by` 1) or before (-1) another one, of those that are `wanted`; from outside the list the
 * first or the last. `undefined` at the end.
 */
export function neighbourCall(
  calls: readonly TimedCall[],
  from: TimedCall | undefined,
  by: 1 | -1,
  wanted: (index: number) => boolean = () => true,
): TimedCall | undefined {
  const place = from === undefined ? -1 : calls.indexOf(from);
  const outside = by === 1 ? -1 : calls.length;
  for (let index = (place < 0 ? outside : place) + by; index >= 0 && index < calls.length; index += by) {
    if (wanted(index)) return calls[index];
  }
  return undefined;
}
