import type { JsonValue } from '@pd/call-log/schema';

/** A value as JSON with its keys in order, so that equal values are equal texts. */
export function canonicalJson(value: JsonValue | undefined): string {
  return value === undefined ? '' : JSON.stringify(value, (_, field: JsonValue) => inOrder(field));
}

function inOrder(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
