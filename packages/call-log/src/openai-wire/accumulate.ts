/** Texts that name something; they come whole, and may come again. */
const NAMES: ReadonlySet<string> = new Set(['id', 'type', 'name', 'format', 'index']);

/**
 * A field after another piece of it: texts and lists grow, objects field by field, anything else is replaced.
 * For the fields of a provider that this package knows nothing of, so that none of them is lost.
 */
export function accumulate(before: unknown, piece: unknown, field: string): unknown {
  if (piece === null || piece === undefined) return before;
  if (typeof before === 'string' && typeof piece === 'string' && !NAMES.has(field)) return before + piece;
  if (Array.isArray(before) && Array.isArray(piece)) return [...before, ...piece];
  if (isObject(before) && isObject(piece)) return accumulateFields(before, piece);
  return piece;
}

/** All fields of an object; safe from one that is called "__proto__". */
export function accumulateFields(before: object, piece: object): Record<string, unknown> {
  const pieces = Object.entries(piece);
  // Most pieces of a stream have text and nothing else.
  if (pieces.length === 0) return before as Record<string, unknown>;
  const fields = new Map<string, unknown>(Object.entries(before));
  for (const [key, value] of pieces) {
    const whole = accumulate(fields.get(key), value, key);
    if (whole !== undefined && !(Array.isArray(whole) && whole.length === 0)) fields.set(key, whole);
  }
  return Object.fromEntries(fields);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
