import { z } from 'zod';
import { recordedEventSchema } from '../schema/events.ts';

type Check = (value: unknown) => boolean;

/** For each kind of record, the fields it cannot do without; taken from the schema, so that there is one truth. */
const required: ReadonlyMap<string, readonly (readonly [string, Check])[]> = new Map(
  recordedEventSchema.options.map(({ shape }) => [
    shape.type.value,
    Object.entries(shape)
      .filter(([, field]) => !(field instanceof z.ZodOptional))
      .map(([name, field]) => [name, checkOf(field)] as const),
  ]),
);

/**
 * The required fields that a record lacks or that have the wrong shape; `undefined` for a kind of record that this
 * version does not know. Looks at the surface only, which is all that a check of millions of lines can afford.
 */
export function missingFields(record: { [field: string]: unknown }): readonly string[] | undefined {
  const fields = required.get(String(record.type));
  return fields === undefined
    ? undefined
    : fields.every(([name, check]) => check(record[name]))
      ? NONE
      : fields.filter(([name, check]) => !check(record[name])).map(([name]) => name);
}

const NONE: readonly string[] = [];

function checkOf(field: unknown): Check {
  if (field instanceof z.ZodNumber) return (value) => typeof value === 'number';
  if (field instanceof z.ZodArray) return Array.isArray;
  if (field instanceof z.ZodObject)
    return (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  // Strings, and enumerations, which may gain values.
  return (value) => typeof value === 'string';
}
