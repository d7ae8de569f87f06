/** Before 1973 in milliseconds, beyond the year 5000 in seconds. */
const SECONDS_BELOW = 1e11;

/** The `time` of a pino line, in whatever form its `timestamp` option gives it, as the log writes times; `undefined` when it is none. */
export function timeOf(time: unknown): string | undefined {
  if (typeof time !== 'number' && typeof time !== 'string') return undefined;
  const ms = typeof time === 'string' ? Date.parse(time) : time < SECONDS_BELOW ? time * 1000 : time;
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
