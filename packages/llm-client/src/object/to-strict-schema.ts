import type { JsonObject, JsonValue } from '@pd/call-log/schema';

/**
 * What strict mode takes besides the keywords that are followed below. Anything else leaves the schema as it is, to be
 * followed as well as the model can.
 *
 * @see https://platform.openai.com/docs/guides/structured-outputs#supported-schemas (as openai 7.57's `lib/transform` has it,
 * read 2026-11-22)
 */
const KEPT: ReadonlySet<string> = new Set([
  'type',
  'enum',
  'const',
  'description',
  'title',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
]);

/** @see https://platform.openai.com/docs/guides/structured-outputs#supported-properties (read 2026-11-22) */
const FORMATS: ReadonlySet<JsonValue | undefined> = new Set([
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
]);

/** Looking around, references back and Unicode classes are beyond a grammar. */
const BEYOND_GRAMMAR = /\(\?[^:]|\\[1-9pPk]/;

/**
 * The schema as OpenAI's strict mode wants it: objects closed, all their properties required, those that were optional
 * nullable. What can be left out without accepting less (formats and patterns it does not know, defaults) is left out: the
 * reply is validated here anyway. `undefined` when it cannot be said that way.
 */
export function toStrictSchema(schema: JsonObject): JsonObject | undefined {
  try {
    return strict(schema);
  } catch (thrown) {
    if (thrown instanceof NotStrict) return undefined;
    throw thrown;
  }
}

class NotStrict extends Error {}

function strict(node: JsonValue | undefined): JsonObject {
  if (!isObject(node)) throw new NotStrict();
  const { $ref, $defs } = node;
  const defs: JsonObject = isObject($defs) ? { $defs: eachOf($defs, strict) } : {};
  // Nothing may stand beside a reference.
  if ($ref !== undefined) return { $ref, ...defs };
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(node)) Object.assign(result, keyword(key, value, node));
  if (node.type === 'object' && !isObject(node.properties)) throw new NotStrict();
  if (!['type', 'anyOf', 'enum', 'const'].some((key) => key in result)) throw new NotStrict();
  return { ...result, ...defs };
}

function keyword(key: string, value: JsonValue, node: JsonObject): JsonObject {
  if (KEPT.has(key)) return { [key]: value };
  switch (key) {
    case 'properties':
      return { ...closed(isObject(value) ? value : {}, node.required), additionalProperties: false };
    case 'additionalProperties':
      if (value !== false) throw new NotStrict();
      return {};
    case 'items':
      return { items: strict(value) };
    // That only one of them may fit is left to the validation.
    case 'anyOf':
    case 'oneOf':
      if (!Array.isArray(value)) throw new NotStrict();
      return { anyOf: value.map(strict) };
    case 'format':
      return FORMATS.has(value) ? { format: value } : {};
    case 'pattern':
      return BEYOND_GRAMMAR.test(String(value)) ? {} : { pattern: value };
    case 'required':
    case 'default':
    case '$defs':
      return {};
    default:
      throw new NotStrict();
  }
}

function closed(properties: JsonObject, required: JsonValue | undefined): JsonObject {
  const isRequired = (name: string) => Array.isArray(required) && required.includes(name);
  return {
    properties: eachOf(properties, (node, name) =>
      isRequired(name) ? strict(node) : { anyOf: [strict(node), { type: 'null' }] },
    ),
    required: Object.keys(properties),
  };
}

function eachOf(nodes: JsonObject, map: (node: JsonValue, name: string) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, map(node, name)]));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
