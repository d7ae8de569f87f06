import type { JsonObject, JsonValue } from '../schema/json.ts';

/** `texts` is a list of texts; `json` is any value as JSON text; `value` the same, except that a text stands as it is. */
type FieldType = 'text' | 'number' | 'flag' | 'texts' | 'json' | 'value';

/** Where in a node of the tree a value stands, and the attribute of the node's span that holds it. */
export type Field = readonly [path: string, attribute: string, type: FieldType];

/** The attributes of those fields that a node has and that are of their type. */
export function writeFields(node: JsonObject, fields: readonly Field[]): JsonObject {
  return Object.fromEntries(
    fields.flatMap(([path, attribute, type]) => {
      const value = at(node, path.split('.'));
      return value !== undefined && isOf(type, value) ? [[attribute, encode(type, value)] as const] : [];
    }),
  );
}

/** The part of a node that its attributes tell; an attribute of another type tells nothing. */
export function readFields(attributes: JsonObject, fields: readonly Field[]): JsonObject {
  const node: JsonObject = {};
  for (const [path, attribute, type] of fields) {
    const given = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    const value = decode(type, given);
    if (value !== undefined && isOf(type, value)) put(node, path.split('.'), value);
  }
  return node;
}

function encode(type: FieldType, value: JsonValue): JsonValue {
  const asText = type === 'json' || (type === 'value' && typeof value !== 'string');
  // Nested values as text: several backends, Langfuse among them, cannot read a `kvlistValue`.
  return asText ? JSON.stringify(value) : value;
}

function decode(type: FieldType, given: JsonValue | undefined): JsonValue | undefined {
  if (type === 'json') return parseJson(given);
  return type === 'value' ? (parseJson(given) ?? given) : given;
}

/** The value of JSON text; `undefined` when it is none. */
export function parseJson(text: unknown): JsonValue | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function at(node: JsonValue | undefined, [key, ...rest]: readonly string[]): JsonValue | undefined {
  if (key === undefined) return node;
  if (typeof node !== 'object' || node === null || Array.isArray(node) || !Object.hasOwn(node, key))
    return undefined;
  return at(node[key], rest);
}

/** Along the paths of a table only, so every holder on the way is an object of its own. */
function put(node: JsonObject, [key = '', ...rest]: readonly string[], value: JsonValue): void {
  if (rest.length === 0) {
    node[key] = value;
    return;
  }
  const inner = (node[key] ?? {}) as JsonObject;
  node[key] = inner;
  put(inner, rest, value);
}

function isOf(type: FieldType, value: JsonValue): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    case 'texts':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'json':
    case 'value':
      return true;
  }
}
