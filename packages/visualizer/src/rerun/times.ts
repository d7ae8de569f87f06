import type { TimeColumn } from './chunk.ts';

const NS_PER_MS = 1_000_000n;

/** The timeline that counts calls, from 0. */
export function callTimes(numbers: readonly number[]): TimeColumn {
  return { name: 'call', type: 'sequence', values: BigInt64Array.from(numbers, BigInt) };
}

/** The timeline of the clock, of milliseconds since 1970. */
export function clockTimes(ms: readonly number[]): TimeColumn {
  return { name: 'time', type: 'timestamp', values: BigInt64Array.from(ms, (at) => BigInt(at) * NS_PER_MS) };
}
