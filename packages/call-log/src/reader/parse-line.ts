import { type RecordedEvent, recordedEventSchema } from '../schema/events.ts';

const known: ReadonlySet<string> = new Set(
  recordedEventSchema.options.map((option) => option.shape.type.value),
);

/** A line of a journal: a record, one of a kind this version does not know, or no record at all. */
export type ParsedLine = { kind: 'event'; event: RecordedEvent } | { kind: 'unknown' } | { kind: 'damaged' };

/** Reads one line. Never throws; the record is the line's own object, with every field it has. */
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
  return recordedEventSchema.safeParse(value).success
    ? { kind: 'event', event: value as RecordedEvent }
    : { kind: 'damaged' };
}
