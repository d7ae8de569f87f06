import { type RecordedEvent, recordedEventSchema } from '../schema/events.ts';
import { isDeeperThan } from './is-deeper-than.ts';
import { type Check, quickCheck } from './quick-check.ts';

const checks: ReadonlyMap<string, Check> = new Map(
  recordedEventSchema.options.map((option) => [option.shape.type.value, quickCheck(option)]),
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
  const check = checks.get(value.type);
  if (check === undefined) return { kind: 'unknown' };
  if (isOrdinary(MAX_DEPTH, value)) {
    if (check(value)) return { kind: 'event', event: value as RecordedEvent };
  } else if (isDeeperThan(MAX_DEPTH, value)) return { kind: 'damaged' };
  // The parsed value itself is passed on: zod's copy would lose a key called "__proto__".
  const { success, error } = recordedEventSchema.safeParse(value);
  if (success) return { kind: 'event', event: value as RecordedEvent };
  const wrong = error.issues.map(({ path }) => findField(value as object, path));
  for (const remove of wrong) remove();
  return recordedEventSchema.safeParse(value).success
    ? { kind: 'event', event: value as RecordedEvent }
    : { kind: 'damaged' };
}

/** As many levels at most, and no number that only JSON can write (1e999). Quick, because every line goes through it. */
function isOrdinary(levels: number, value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isOrdinary(levels - 1, value[i])) return false;
    return true;
  }
  const fields = value as { [field: string]: unknown };
  for (const field in fields) if (!isOrdinary(levels - 1, fields[field])) return false;
  return true;
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
