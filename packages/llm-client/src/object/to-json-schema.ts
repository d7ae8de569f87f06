import type { JsonObject } from '@pd/call-log/schema';
import { UnsupportedSchemaError } from '../errors/unsupported-schema-error.ts';
import type { StandardSchema } from './standard-schema.ts';

/**
 * A schema as JSON Schema (draft 2020-12), for a model to read.
 *
 * @throws {UnsupportedSchemaError} when it cannot be written so
 */
export function toJsonSchema(schema: StandardSchema): JsonObject {
  const converter = (schema as Partial<StandardSchema> | undefined)?.['~standard']?.jsonSchema;
  if (converter === undefined) {
    throw new UnsupportedSchemaError(
      'it is not a schema that says its own JSON Schema: use zod 4.2 or newer (not zod/mini)',
    );
  }
  let written: Record<string, unknown>;
  try {
    written = converter.input({ target: 'draft-2020-12' });
  } catch (cause) {
    throw new UnsupportedSchemaError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  const { $schema: _, ...rest } = JSON.parse(JSON.stringify(written, withoutSafeIntegers));
  return rest;
}

/** zod writes the range of safe integers into every one of them; it says nothing and some grammars refuse it. */
function withoutSafeIntegers(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'integer')
    return value;
  const { minimum, maximum, ...rest } = value as { minimum?: unknown; maximum?: unknown };
  return {
    ...rest,
    ...(minimum !== Number.MIN_SAFE_INTEGER && minimum !== undefined && { minimum }),
    ...(maximum !== Number.MAX_SAFE_INTEGER && maximum !== undefined && { maximum }),
  };
}
