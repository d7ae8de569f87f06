import { isFields } from '../fields.ts';

/** A JSON schema as it comes in a request: anything may be in it, or missing. */
export type JsonSchema = Record<string, unknown> | boolean;

const LONGEST_CHAIN = 50;

/**
 * A schema without `$ref` and `allOf` at its top: what they name is laid over one another. A reference that leads
 * nowhere, or to another document, is `false`, which nothing fits.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core
 */
export function flatten(schema: unknown, root: unknown, chain = 0): JsonSchema {
  if (!isFields(schema)) return schema === true || schema === undefined;
  if (chain > LONGEST_CHAIN) return false;
  const { $ref, allOf, ...own } = schema;
  const parts = [
    ...(typeof $ref === 'string' ? [find($ref, root)] : []),
    ...(Array.isArray(allOf) ? allOf : []),
  ].map((part: unknown) => flatten(part, root, chain + 1));
  let merged: JsonSchema = own;
  for (const part of parts) merged = merge(merged, part);
  return merged;
}

function find(ref: string, root: unknown): unknown {
  if (!ref.startsWith('#')) return false;
  let place: unknown = root;
  for (const step of ref.slice(1).split('/').slice(1)) {
    const key = decode(step);
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, key)) return false;
    place = (place as Record<string, unknown>)[key];
  }
  return place;
}

/** @see https://www.rfc-editor.org/rfc/rfc6901 JSON pointer */
function decode(step: string): string {
  try {
    return decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return step;
  }
}

function merge(one: JsonSchema, other: JsonSchema): JsonSchema {
  if (one === false || other === false) return false;
  if (one === true) return other;
  if (other === true) return one;
  return {
    ...other,
    ...one,
    ...(isFields(one.properties) &&
      isFields(other.properties) && { properties: { ...other.properties, ...one.properties } }),
    ...(Array.isArray(one.required) &&
      Array.isArray(other.required) && { required: [...new Set([...one.required, ...other.required])] }),
  };
}

/** The types a schema allows, as it says or as its other words imply; none when it allows any. */
export function typesOf(schema: Record<string, unknown>): string[] {
  const { type } = schema;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.filter((each) => typeof each === 'string');
  const implied = IMPLIED.find(([, words]) => words.some((word) => Object.hasOwn(schema, word)));
  return implied === undefined ? [] : [implied[0]];
}

const IMPLIED: readonly [type: string, words: readonly string[]][] = [
  ['object', ['properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties']],
  ['array', ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains']],
  ['string', ['pattern', 'format', 'minLength', 'maxLength']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];
