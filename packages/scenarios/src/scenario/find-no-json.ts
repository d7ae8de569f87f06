/** Deeper than anybody reads; what holds itself is that deep, too. */
const MAX_DEPTH = 256;

/**
 * What of a value JSON cannot hold, in words; `undefined` when it is all JSON. A field that is `undefined` counts as absent.
 */
export function findNoJson(value: unknown, depth = 0): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `the number ${value}`;
  if (typeof value !== 'object') return value === undefined ? 'undefined' : `a ${typeof value}`;
  if (depth > MAX_DEPTH) return 'an object that holds itself, or is too deep';
  const isList = Array.isArray(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!isList && prototype !== Object.prototype && prototype !== null)
    return `an object of the class ${String((prototype as { constructor?: { name?: unknown } }).constructor?.name)}`;
  for (const part of isList ? Array.from(value) : Object.values(value)) {
    const found = !isList && part === undefined ? undefined : findNoJson(part, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
