import type { JsonObject } from '@pd/call-log/schema';
import type { StandardSchema } from './standard-schema.ts';
import { toJsonSchema } from './to-json-schema.ts';

/** The only property of the object that stands around what is no object itself. */
export const WRAPPED = 'result';

/** A schema as a model is asked to follow it. */
export interface WireSchema {
  json: JsonObject;
  /** Whether what is asked for is the `result` of an object, because replies and tools have to be objects. */
  wrapped: boolean;
}

/** @throws {UnsupportedSchemaError} when JSON cannot hold it */
export function toWireSchema(schema: StandardSchema): WireSchema {
  const json = toJsonSchema(schema);
  return json.type === 'object' ? { json, wrapped: false } : { json: wrap(json), wrapped: true };
}

function wrap(json: JsonObject): JsonObject {
  const { $defs, ...root } = json;
  const wrapped = {
    type: 'object',
    properties: { [WRAPPED]: root },
    required: [WRAPPED],
    ...($defs !== undefined && { $defs }),
  };
  // A schema that holds itself refers to the root, which is another one now.
  const moved = (key: string, value: unknown) =>
    key === '$ref' && value === '#' ? `#/$defs/${WRAPPED}` : value;
  const text = JSON.stringify(wrapped, moved);
  if (text === JSON.stringify(wrapped)) return wrapped;
  const { properties, $defs: definitions, ...rest } = JSON.parse(text);
  return {
    ...rest,
    properties: { [WRAPPED]: { $ref: `#/$defs/${WRAPPED}` } },
    $defs: { ...definitions, [WRAPPED]: properties[WRAPPED] },
  };
}
