import type { Random } from '../random.ts';
import { misfit } from './misfit.ts';

/** How far from the end of what is allowed a number is taken, in steps, where nothing usual is allowed. */
const STEPS = 10;
const TRIES = 20;

/**
 * A number of a schema: one that the request names, if it fits, else one in the range that is usual for a field of that
 * name, as far as it is allowed. `undefined` when there is none.
 *
 * @param named numbers of the request; the one that is used is taken out
 */
export function numberFor(
  schema: Record<string, unknown>,
  name: string,
  named: number[],
  random: Random,
): number | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, type } = schema;
  const isInteger = type === 'integer';
  const bounds = {
    minimum,
    maximum,
    exclusiveMinimum,
    exclusiveMaximum,
    multipleOf,
    type: isInteger ? 'integer' : 'number',
  };
  const fits = (value: number) => misfit(value, bounds, bounds) === undefined;
  const at = named.findIndex(fits);
  if (at !== -1) return named.splice(at, 1)[0];

  const least = Math.max(
    asNumber(minimum, Number.NEGATIVE_INFINITY),
    asNumber(exclusiveMinimum, Number.NEGATIVE_INFINITY),
  );
  const most = Math.min(
    asNumber(maximum, Number.POSITIVE_INFINITY),
    asNumber(exclusiveMaximum, Number.POSITIVE_INFINITY),
  );
  const unit = unitOf(multipleOf, isInteger);
  const [usualLeast, usualMost] = usualRange(name);
  let [from, to] = [
    Math.ceil(Math.max(least, usualLeast) / unit),
    Math.floor(Math.min(most, usualMost) / unit),
  ];
  if (from > to && least > usualMost)
    [from, to] = [Math.ceil(least / unit), Math.floor(Math.min(most / unit, least / unit + STEPS))];
  else if (from > to)
    [from, to] = [Math.ceil(Math.max(least / unit, most / unit - STEPS)), Math.floor(most / unit)];
  for (let tries = 0; tries < TRIES && from <= to; tries++) {
    const value = tidy((from + Math.floor(random() * (to - from + 1))) * unit);
    if (fits(value)) return value;
  }
  // The gap is narrower than the steps, or begins at a bound that does not count.
  return [least + (most - least) / 2, tidy((from + 1) * unit), tidy((to - 1) * unit)].find(
    (value) => Number.isFinite(value) && fits(value),
  );
}

function unitOf(multipleOf: unknown, isInteger: boolean): number {
  const given = typeof multipleOf === 'number' && multipleOf > 0 ? multipleOf : undefined;
  if (isInteger) return given !== undefined && Number.isInteger(given) ? given : 1;
  return given ?? 0.01;
}

function usualRange(name: string): [number, number] {
  if (/confidence|score|probability|likelihood|ratio|weight/i.test(name)) return [0, 1];
  if (/year/i.test(name)) return [2020, 2030];
  if (/percent/i.test(name)) return [0, 100];
  if (/rating|stars|priority|severity/i.test(name)) return [1, 5];
  return [1, 10];
}

function asNumber(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** 0.30000000000000004 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
