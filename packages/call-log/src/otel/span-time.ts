import type { Nanoseconds } from './reading.ts';

const MILLISECOND = 1_000_000n;
/** The last moment that a JavaScript date can hold. */
const LAST = 8_640_000_000_000_000n * MILLISECOND;

/** A time of OTLP; `undefined` for 0, which means that nobody has set it, and for what is no time. */
export function toNanoseconds(text: string | undefined): Nanoseconds | undefined {
  if (text === undefined || !/^\d{1,30}$/.test(text)) return undefined;
  const time = BigInt(text);
  return time > 0n && time <= LAST ? time : undefined;
}

/** A time as the log has it, to the millisecond. */
export function toIso(time: Nanoseconds | undefined): string | undefined {
  return time === undefined ? undefined : new Date(Number(time / MILLISECOND)).toISOString();
}

/** Milliseconds between two times, fractions included; `undefined` where one is missing or they run backwards. */
export function millisecondsBetween(
  start: Nanoseconds | undefined,
  end: Nanoseconds | undefined,
): number | undefined {
  if (start === undefined || end === undefined || end < start) return undefined;
  return Number(end - start) / Number(MILLISECOND);
}
