import { inspect } from 'node:util';

/** Digits of a number that JSON.parse may round: two ids of 17 digits would become one. */
const MAY_ROUND = /\d{16,}/;

/**
 * Arguments as JSON with sorted keys; a text that is JSON counts as what it says, so that white space and the order of
 * keys make no difference. What no JSON can say becomes its text.
 */
export function toCanonicalJson(value: unknown): string {
  try {
    const meant: unknown = typeof value === 'string' ? parsed(value) : value;
    return JSON.stringify(meant, sortKeys) ?? String(meant);
  } catch {
    return inspect(value, { depth: 10, sorted: true });
  }
}

function parsed(text: string): unknown {
  if (MAY_ROUND.test(text)) return text.trim();
  try {
    return JSON.parse(text);
  } catch {
    return text.trim();
  }
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
