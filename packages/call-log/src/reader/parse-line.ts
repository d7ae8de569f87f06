import { type RecordedEvent, recordedEventSchema } from '../schema/events.ts';
import { isDeeperThan } from './is-deeper-than.ts';

const known: ReadonlySet<string> = new Set(
  recordedEventSchema.options.map((option) => option.shape.type.value),
);

/** The log clips at 64 levels; a line that goes deeper than this is not of its making, and would exhaust whoever walks it. */
const MAX_DEPTH = 128;

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
  if (isDeeperThan(MAX_DEPTH, value)) return { kind: 'damaged' };
  // The parsed value itself is passed on: zod's copy would lose a key called "__proto__".
  const { success, error } = recordedEventSchema.safeParse(value);
  if (success) return { kind: 'event', event: value as RecordedEvent };
  const wrong = error.issues.map(({ path }) => findField(value as object, path));
  for (const remove of wrong) remove();
  return recordedEventSchema.safeParse(value).success
    ? { kind: 'event', event: value as RecordedEvent }
    : { kind: 'damaged' };
}

/** What removes the innermost field on a path. An element of an array takes the array with it, because the others would move. */
function findField(record: object, path: readonly PropertyKey[]): () => void {
  let holder: unknown = record;
  let remove = (): void => {};
  for (const key of path) {
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key)) break;
    const fields = holder as Record<PropertyKey, unknown>;
    if (!Array.isArray(holder))
      remove = () => {
        delete fields[key];
      };
    holder = fields[key];
  }
  return remove;
}
