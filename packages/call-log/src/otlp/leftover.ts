import type { JsonObject, JsonValue } from '../schema/json.ts';

/** What has to be changed in one object to make it another. */
export interface Leftover {
  /** Fields to set; where both sides hold an object, only what differs inside. */
  set?: JsonObject;
  /** Paths of fields to remove. */
  absent?: string[][];
}

/**
 * What `known` does not say of `whole`, so that `restore(known, leftover(whole, known))` is `whole`. `undefined` when
 * it says everything. Lists and plain values are taken or left as a whole.
 */
export function leftover(whole: JsonObject, known: JsonObject): Leftover | undefined {
  const absent: string[][] = [];
  const set = difference(whole, known, [], absent);
  if (Object.keys(set).length === 0 && absent.length === 0) return undefined;
  return { ...(Object.keys(set).length > 0 && { set }), ...(absent.length > 0 && { absent }) };
}

/** The object that the leftover was made of. Changes nothing that is given; what is no leftover changes nothing. */
export function restore(known: JsonObject, { set, absent }: Leftover): JsonObject {
  const whole = isObject(set) ? overlay(known, set) : known;
  const paths = Array.isArray(absent) ? absent : [];
  return paths.filter(Array.isArray).reduce<JsonObject>(without, whole);
}

function difference(whole: JsonObject, known: JsonObject, path: string[], absent: string[][]): JsonObject {
  for (const key of Object.keys(known))
    if (!Object.hasOwn(whole, key) || whole[key] === undefined) absent.push([...path, key]);
  const fields: [string, JsonValue][] = [];
  for (const [key, value] of Object.entries(whole)) {
    const given = Object.hasOwn(known, key) ? known[key] : undefined;
    if (isObject(value) && isObject(given)) {
      const inner = difference(value, given, [...path, key], absent);
      if (Object.keys(inner).length > 0) fields.push([key, inner]);
    } else if (value !== undefined && JSON.stringify(value) !== JSON.stringify(given)) {
      fields.push([key, value]);
    }
  }
  // Not by assignment: a key may be called "__proto__".
  return Object.fromEntries(fields);
}

/** `known` with the fields of `set` laid over it, also inside of objects that both have. */
export function overlay(known: JsonObject, set: JsonObject): JsonObject {
  const fields = new Map(Object.entries(known));
  for (const [key, value] of Object.entries(set)) {
    const given = fields.get(key);
    fields.set(key, isObject(value) && isObject(given) ? overlay(given, value) : value);
  }
  return Object.fromEntries(fields);
}

function without(whole: JsonObject, [key, ...rest]: readonly string[]): JsonObject {
  if (key === undefined || !Object.hasOwn(whole, key)) return whole;
  if (rest.length === 0) return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== key));
  const inner = whole[key];
  return isObject(inner) ? overlay(without(whole, [key]), { [key]: without(inner, rest) }) : whole;
}

/** A JSON object, and neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
