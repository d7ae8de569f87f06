let lastMs = Number.NaN;
let lastText = '';

/** A time in ISO 8601. The last one is remembered: a call has four, many calls have the same, and each is slow to write. */
export function isoTime(date: Date): string {
  const ms = date.getTime();
  if (ms !== lastMs) {
    lastText = date.toISOString();
    lastMs = ms;
  }
  return lastText;
}
