const integer = new Intl.NumberFormat('en-US');

/** 1234 → `1,234`. */
export function formatCount(value: number): string {
  return integer.format(value);
}

/** 12_345 → `12.3k`; small numbers in full. */
export function formatShort(value: number): string {
  if (value < 1000) return String(value);
  if (value < 999_950) return `${trimZero((value / 1000).toFixed(value < 99_950 ? 1 : 0))}k`;
  return `${trimZero((value / 1_000_000).toFixed(1))}M`;
}

/** Milliseconds as people say them: `340 ms`, `2.4 s`, `3 m 05 s`, `1 h 02 m`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${trimZero((ms / 1000).toFixed(1))} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return withRest(Math.floor(seconds / 60), 'm', seconds % 60, 's');
  const minutes = Math.floor(seconds / 60);
  return withRest(Math.floor(minutes / 60), 'h', minutes % 60, 'm');
}

/**
 * A moment, in milliseconds since the run began, as a clock says it where a duration would be too coarse: `340 ms`, `2.4 s`,
 * `3:05.2`, `27:46:12`.
 *
 * @param step how far the next moment beside it is, so that the two differ; default: a tenth of a second
 */
export function formatOffset(ms: number, step = 100): string {
  if (ms < 60_000 && step >= 100) return ms === 0 ? '0' : formatDuration(ms);
  const digits = step >= 1000 || (ms >= 3_600_000 && step >= 100) ? 0 : step >= 100 ? 1 : 3;
  const scale = 10 ** digits;
  const units = Math.round((ms / 1000) * scale);
  const whole = Math.floor(units / scale);
  const rest = digits === 0 ? '' : `.${String(units % scale).padStart(digits, '0')}`;
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}${rest}` : `${minutes}:${two(seconds)}${rest}`;
}

/** US dollars with as many digits as say something: `$0.0042`, `$1.37`. */
export function formatCost(usd: number): string {
  if (usd === 0) return '$0';
  if (usd >= 1) return `$${usd.toFixed(2)}`;
  return usd < 0.0001 ? `$${usd.toPrecision(2)}` : `$${usd.toFixed(4)}`;
}

/** An ISO time as `2026-11-22 14:03:05 UTC`; the same for every reader. Anything else as it is. */
export function formatTime(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A part of a whole in percent: `42 %`, `<1 %`; `–` of nothing. */
export function formatShare(part: number, whole: number): string {
  if (!(whole > 0)) return '–';
  const percent = (part / whole) * 100;
  return `${percent > 0 && percent < 1 ? '<1' : Math.round(percent)} %`;
}

/** `1 call`, `2 calls`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function trimZero(digits: string): string {
  return digits.replace(/\.0$/, '');
}

function withRest(whole: number, unit: string, rest: number, smaller: string): string {
  return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${String(rest).padStart(2, '0')} ${smaller}`;
}
