/** Figures as people read them. `–` is "unknown" or "none". */

const NONE = '–';

/** `350 ms`, `4.2 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h`. */
export function formatDuration(ms: number | undefined): string {
  if (ms === undefined) return NONE;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** With commas at the thousands. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 call`, `2 calls`. */
export function formatNumberOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `$0.0123`; what has no price is not free. */
export function formatCost({
  cost_usd,
  unpriced_calls,
}: {
  cost_usd?: number;
  unpriced_calls: number;
}): string {
  if (cost_usd === undefined) return unpriced_calls > 0 ? 'unpriced' : NONE;
  const digits = cost_usd === 0 || cost_usd >= 1 ? 2 : cost_usd >= 0.01 ? 4 : 6;
  return `$${cost_usd.toFixed(digits)}${unpriced_calls > 0 ? ` + ${unpriced_calls} unpriced` : ''}`;
}

/** `1.4 MB`; powers of 1000. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  for (; size >= 999.5 && unit < units.length - 1; unit++) size /= 1000;
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

/** `2026-11-22 16:39:12`, in UTC like the record. */
export function formatTime(at: string | undefined): string {
  return at === undefined ? NONE : at.slice(0, 19).replace('T', ' ');
}
