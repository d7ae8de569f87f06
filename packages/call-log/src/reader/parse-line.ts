import { type RecordedEvent, recordedEventSchema } from '../schema/events.ts';

const known: ReadonlySet<string> = new Set(
  recordedEventSchema.options.map((option) => option.shape.type.value),
);

/** A line of a journal: a record, one of a kind this version does not know, or no record at all. */
export type ParsedLine = { kind: 'event'; event: RecordedEvent } | { kind: 'unknown' } | { kind: 'damaged' };

/**
 * Reads one line. Never throws; the record is the line's own object, with every field it has, except that an
 * optional field of the wrong shape is left out: a cost that is not a number must not cost the whole call.
 */
export function parseLine(line: string): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'damaged' };
  }
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string') {
    return { kind: 'damaged' };
  }
  if (!known.has(value.type)) return { kind: 'unknown' };
  // The parsed value itself is passed on: zod's copy would lose a key called "__proto__".
  const { success, error } = recordedEventSchema.safeParse(value);
  if (success) return { kind: 'event', event: value as RecordedEvent };
  for (const { path } of error.issues) remove(value, path);
  return recordedEventSchema.safeParse(value).success
    ? { kind: 'event', event: value as RecordedEvent }
    : { kind: 'damaged' };
}

/** Removes a field of an object; an element of an array stays, because the others would move. */
function remove(holder: unknown, [key, ...rest]: readonly PropertyKey[]): void {
  if (typeof holder !== 'object' || holder === null || key === undefined || !Object.hasOwn(holder, key))
    return;
  if (rest.length > 0) remove((holder as Record<PropertyKey, unknown>)[key], rest);
  else if (!Array.isArray(holder)) delete (holder as Record<PropertyKey, unknown>)[key];
}
