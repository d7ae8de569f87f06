import { badRequest } from './api-error.ts';
import type { Fields } from './fields.ts';

/** A field that may be absent or `null`, as OpenAI treats all optional ones. Throws a 400 that names it when it is not what it should be. */
export function optional<T>(
  fields: Fields,
  key: string,
  expected: string,
  is: (value: unknown) => value is T,
  prefix = '',
): T | undefined {
  const value = fields[key];
  if (value === undefined || value === null) return undefined;
  if (!is(value)) throw wrongType(prefix + key, expected, value);
  return value;
}

export function wrongType(param: string, expected: string, value: unknown) {
  const got = value === null ? 'null' : Array.isArray(value) ? 'an array' : `${typeof value}`;
  const shown = typeof value === 'number' || typeof value === 'boolean' ? `${got} ${value}` : got;
  return badRequest(`Invalid '${param}': expected ${expected}, but got ${shown}.`, param, 'invalid_value');
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

export function isIntegerIn(from: number, to: number) {
  return (value: unknown): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
}

/** The model of a request, which every endpoint needs. */
export function modelOf({ model }: Fields): string {
  if (model === undefined || model === null) throw badRequest('You must provide a model parameter.', 'model');
  if (typeof model !== 'string') throw wrongType('model', 'a string', model);
  return model;
}
