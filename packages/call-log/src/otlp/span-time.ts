/** The greatest that OTLP's `fixed64` holds, in nanoseconds: the year 2554. */
const MAX_NANOS = 2n ** 64n - 1n;
const MAX_MS = 1.8e13;
/** @see https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LAST_DATE = 8.64e15;

/** A time of the record in nanoseconds since 1970, as OTLP has it; `undefined` when it is no time or before 1970. */
export function toUnixNano(at: string | undefined): string | undefined {
  const ms = at === undefined ? Number.NaN : Date.parse(at);
  return ms >= 0 ? laterBy('0', ms) : undefined;
}

/** As the record has it: ISO 8601 UTC with milliseconds. The rest of the nanoseconds is cut off. */
export function fromUnixNano(nanos: string): string {
  return new Date(Math.min(Number(BigInt(nanos) / 1_000_000n), LAST_DATE)).toISOString();
}

/** Nanoseconds since 1970, `ms` later; no later than OTLP can say. */
export function laterBy(nanos: string, ms: number): string {
  const added = Math.min(Math.max(0, ms), MAX_MS);
  const whole = Math.trunc(added);
  // Apart, because the product of both would be beyond what a double holds exactly.
  const later = BigInt(nanos) + BigInt(whole) * 1_000_000n + BigInt(Math.round((added - whole) * 1e6));
  return String(later < MAX_NANOS ? later : MAX_NANOS);
}
