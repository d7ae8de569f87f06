import { isDeepStrictEqual } from 'node:util';
import { isFields } from '../fields.ts';
import { fitsFormat } from './formats.ts';
import { flatten } from './json-schema.ts';

/** More than any schema takes that is meant; guards against references that lead in a circle, and in two at once. */
const DEEPEST = 100;
const MOST_STEPS = 20_000;

/** What is said of such a schema. */
export const ENDLESS = 'the schema never ends';

interface Judgement {
  root: unknown;
  stepsLeft: number;
}

/**
 * Where a value does not fit a schema, in words; `undefined` when it fits. Knows the assertions of JSON Schema 2020-12
 * but `unevaluated…` and `dependent…`.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-validation
 */
export function misfit(value: unknown, schema: unknown, root: unknown): string | undefined {
  return judge(value, schema, { root, stepsLeft: MOST_STEPS }, '$', 0);
}

function judge(
  value: unknown,
  given: unknown,
  judgement: Judgement,
  path: string,
  depth: number,
): string | undefined {
  if (depth > DEEPEST || judgement.stepsLeft-- <= 0) return `${path}: ${ENDLESS}`;
  const schema = isFields(given) && given.$ref === undefined ? given : flatten(given, judgement.root);
  if (schema === true) return undefined;
  if (schema === false) return `${path}: nothing is allowed here`;
  const within = (each: unknown, sub: unknown, at = path) => judge(each, sub, judgement, at, depth + 1);
  const fits = (sub: unknown) => within(value, sub) === undefined;
  const { type, enum: options, anyOf, oneOf, allOf, not } = schema;

  const types = typeof type === 'string' ? [type] : Array.isArray(type) ? type : undefined;
  if (types !== undefined && !types.some((each) => hasType(value, each)))
    return `${path}: not of type ${types.join(' or ')}`;
  if (Array.isArray(options) && !options.some((each) => isDeepStrictEqual(each, value)))
    return `${path}: not in enum`;
  if ('const' in schema && !isDeepStrictEqual(schema.const, value)) return `${path}: not the const`;
  if (Array.isArray(anyOf) && !anyOf.some(fits)) return `${path}: fits none of anyOf`;
  if (Array.isArray(oneOf) && oneOf.filter(fits).length !== 1)
    return `${path}: does not fit exactly one of oneOf`;
  if (not !== undefined && fits(not)) return `${path}: fits what is under not`;
  if (schema.if !== undefined) {
    const branch = fits(schema.if) ? schema.then : schema.else;
    if (branch !== undefined && !fits(branch)) return `${path}: does not fit then or else`;
  }
  for (const part of Array.isArray(allOf) ? allOf : []) {
    const found = within(value, part);
    if (found !== undefined) return found;
  }
  if (typeof value === 'string') return stringMisfit(value, schema, path);
  if (typeof value === 'number') return numberMisfit(value, schema, path);
  if (Array.isArray(value)) return arrayMisfit(value, schema, path, within);
  return isFields(value) ? objectMisfit(value, schema, path, within) : undefined;
}

type Within = (value: unknown, schema: unknown, path: string) => string | undefined;
type Schema = Record<string, unknown>;

function hasType(value: unknown, type: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isFields(value);
  return typeof value === type;
}

function stringMisfit(
  value: string,
  { minLength, maxLength, pattern, format }: Schema,
  path: string,
): string | undefined {
  const length = [...value].length;
  if (typeof minLength === 'number' && length < minLength) return `${path}: shorter than minLength`;
  if (typeof maxLength === 'number' && length > maxLength) return `${path}: longer than maxLength`;
  if (typeof pattern === 'string' && matches(value, pattern) === false)
    return `${path}: does not match pattern`;
  return typeof format === 'string' && !fitsFormat(value, format)
    ? `${path}: not of format ${format}`
    : undefined;
}

/** @returns `undefined` for a pattern that is none */
function matches(value: string, pattern: string): boolean | undefined {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return undefined;
  }
}

function numberMisfit(value: number, schema: Schema, path: string): string | undefined {
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below, multipleOf } = schema;
  if (typeof minimum === 'number' && value < minimum) return `${path}: less than minimum`;
  if (typeof maximum === 'number' && value > maximum) return `${path}: more than maximum`;
  if (typeof above === 'number' && value <= above) return `${path}: not above exclusiveMinimum`;
  if (typeof below === 'number' && value >= below) return `${path}: not below exclusiveMaximum`;
  if (typeof multipleOf !== 'number' || multipleOf <= 0) return undefined;
  // To the letter: validators differ in what they forgive, and none of them minds a number that is exact.
  return Number.isInteger(value / multipleOf) ? undefined : `${path}: not a multiple of ${multipleOf}`;
}

function arrayMisfit(value: unknown[], schema: Schema, path: string, within: Within): string | undefined {
  const { minItems, maxItems, uniqueItems, prefixItems, items, contains } = schema;
  if (typeof minItems === 'number' && value.length < minItems) return `${path}: fewer than minItems`;
  if (typeof maxItems === 'number' && value.length > maxItems) return `${path}: more than maxItems`;
  if (uniqueItems === true && new Set(value.map((each) => JSON.stringify(each))).size < value.length)
    return `${path}: not unique`;
  if (contains !== undefined && !value.some((each) => within(each, contains, path) === undefined))
    return `${path}: contains no such item`;
  const first = Array.isArray(prefixItems) ? prefixItems : [];
  for (const [i, each] of value.entries()) {
    const found = within(each, i < first.length ? first[i] : items, `${path}[${i}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function objectMisfit(value: Schema, schema: Schema, path: string, within: Within): string | undefined {
  const { required, minProperties, maxProperties, additionalProperties, propertyNames } = schema;
  const keys = Object.keys(value);
  const missing = (Array.isArray(required) ? required : []).find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) return `${path}: lacks ${missing}`;
  if (typeof minProperties === 'number' && keys.length < minProperties)
    return `${path}: fewer than minProperties`;
  if (typeof maxProperties === 'number' && keys.length > maxProperties)
    return `${path}: more than maxProperties`;
  const properties = isFields(schema.properties) ? schema.properties : {};
  const patterns = Object.entries(isFields(schema.patternProperties) ? schema.patternProperties : {});
  for (const key of keys) {
    const at = `${path}.${key}`;
    const own = Object.hasOwn(properties, key) ? [properties[key]] : [];
    const named = [...own, ...patterns.filter(([pattern]) => matches(key, pattern)).map(([, sub]) => sub)];
    const applied = named.length > 0 ? named : [additionalProperties];
    for (const sub of [...applied]) {
      const found = within(value[key], sub, at);
      if (found !== undefined) return found;
    }
    if (propertyNames !== undefined && within(key, propertyNames, at) !== undefined)
      return `${at}: not such a name`;
  }
  return undefined;
}
