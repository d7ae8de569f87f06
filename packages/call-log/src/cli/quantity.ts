import { UsageError } from './usage-error.ts';

const times: { [unit: string]: number } = { s: 1e3, min: 60e3, h: 3600e3, d: 86_400e3, w: 7 * 86_400e3 };
const sizes: { [unit: string]: number } = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 };

/** `30d` in milliseconds. */
export function parseAge(text: string): number {
  return parse(text, times, '--older-than takes an age such as 12h, 30d or 4w');
}

/** `500MB` in bytes; powers of 1000. */
export function parseSize(text: string): number {
  return parse(text, sizes, '--max-size takes a size such as 500MB or 2GB');
}

/** `20` */
export function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError('--keep takes a number of runs such as 20');
  return Number(text);
}

function parse(text: string, units: { [unit: string]: number }, problem: string): number {
  const [, figure = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text) ?? [];
  const factor = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : undefined;
  if (factor === undefined) throw new UsageError(`${problem}, not ${JSON.stringify(text)}`);
  return Number(figure) * factor;
}
