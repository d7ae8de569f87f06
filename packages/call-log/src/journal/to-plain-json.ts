import type { BinaryParts, TakenPart } from '../blob/binary-parts.ts';
import { isReferenceKey } from '../blob/reference-key.ts';
import { isBlobReference } from '../schema/blob-reference.ts';
import type { JsonValue } from '../schema/json.ts';
import { messageOf } from './error-record.ts';
import { isOwnWord } from './redaction/own-words.ts';
import { REDACTED } from './redactor.ts';

/** Strings longer than this are clipped with a mark; UTF-16 units. */
export const MAX_STRING_LENGTH = 16 * 1024 * 1024;
const MAX_DEPTH = 64;
/** Objects and arrays in one value. One that holds its parts twice at every level would have 2^64. */
const MAX_CONTAINERS = 1_000_000;

/** The JSON of a value, and whether it is exactly that value. */
export interface PlainJson {
  value: JsonValue;
  /** `false` when something was redacted, clipped or had no JSON form. */
  exact: boolean;
}

/** What is done beside scrubbing every text. */
export interface PlainOptions {
  /** Instead, for what stands under a field that is not one of the journal's own; numbers, too: a password may be one. */
  redactField?: (name: string, text: string) => string;
  /** Takes large binary parts out; without it they are text like any other, or a mark. */
  parts?: BinaryParts;
  /**
   * For requests that are compared: references to blobs are taken as they are. Otherwise what looks like one is the
   * caller's own, and gets another `$` before its key.
   */
  keepReferences?: boolean;
}

/** As {@link createToPlainJson}, for one value. */
export function toPlainJson(
  input: unknown,
  redact: (text: string) => string,
  options: PlainOptions = {},
): PlainJson {
  return createToPlainJson(redact, options)(input);
}

/**
 * Makes a function that turns any value into JSON without refusing any: what JSON cannot hold becomes a readable
 * mark. Every string, keys included, goes through `redact` before anything else sees it; if that throws, the string
 * is dropped. Made once for a run, because it is on the path of every record.
 */
export function createToPlainJson(
  redact: (text: string) => string,
  { redactField = (_name, text) => redact(text), parts, keepReferences = false }: PlainOptions = {},
): (input: unknown) => PlainJson {
  let exact = true;
  /** The objects around the one at hand. An array, because it is short. */
  let path: object[] = [];
  let containers = 0;

  const mark = (text: string): string => {
    exact = false;
    return text;
  };

  const scrub = (raw: string, field = ''): string => {
    const clean = field === '' || isOwnWord(field) ? redact(raw) : redactField(field, raw);
    if (clean !== raw) exact = false;
    return clean;
  };

  const clipped = (text: string): string => (text.length > MAX_STRING_LENGTH ? mark(clip(text)) : text);

  const taken = (part: TakenPart): JsonValue => {
    if (!part.exact) exact = false;
    return typeof part.value === 'string' ? clipped(part.value) : part.value;
  };

  const string = (raw: string, field?: string): string => {
    try {
      // Before it is clipped: half a secret is still half a secret.
      return clipped(scrub(raw, field));
    } catch {
      return mark('[dropped: redaction failed]');
    }
  };

  const text = (raw: string, field: string): JsonValue => {
    try {
      const known = parts?.recall(raw, field);
      if (known !== undefined) return known;
      const clean = scrub(raw, field);
      // From what was given, because base64 from which something was taken is none any more, and the rest of what it says
      // would stay. The bytes are scrubbed by themselves.
      const part = clean === REDACTED ? undefined : parts?.text(raw, field);
      return part === undefined ? clipped(clean) : taken(part);
    } catch {
      return mark('[dropped: redaction failed]');
    }
  };

  const binary = (bytes: Uint8Array, field: string): JsonValue => {
    const part = parts?.bytes(bytes, field);
    const name = mark(`[binary ${bytes.byteLength} bytes]`);
    return part === undefined ? name : taken(part);
  };

  /** Two keys that are one after scrubbing both keep their value. */
  const fieldName = (raw: string, taken: object): string => {
    const name = string(raw);
    if (name === raw || !Object.hasOwn(taken, name)) return name;
    let number = 2;
    while (Object.hasOwn(taken, `${name} ${number}`)) number++;
    return `${name} ${number}`;
  };

  const number = (raw: number, field: string): JsonValue => {
    if (!Number.isFinite(raw)) return mark(String(raw));
    if (isOwnWord(field)) return raw;
    const clean = string(String(raw), field);
    return clean === String(raw) ? raw : clean;
  };

  /** @param field that it stands under, itself or in a list; empty at the top */
  const visit = (value: unknown, depth: number, field: string): JsonValue | undefined => {
    switch (typeof value) {
      case 'string':
        return text(value, field);
      case 'boolean':
        return value;
      case 'number':
        return number(value, field);
      case 'bigint':
        return mark(`${value}n`);
      case 'function':
      case 'symbol':
        return mark(`[${typeof value}]`);
      case 'undefined':
        return undefined;
      case 'object':
        return value === null ? null : guarded(value, depth, field);
    }
  };

  const guarded = (value: object, depth: number, field: string): JsonValue | undefined => {
    if (path.includes(value)) return mark('[circular]');
    if (depth >= MAX_DEPTH) return mark('[too deep]');
    if (++containers > MAX_CONTAINERS) return mark('[too large]');
    path.push(value);
    try {
      return object(value, depth + 1, field);
    } catch (error) {
      return mark(`[threw: ${string(messageOf(error))}]`);
    } finally {
      path.pop();
    }
  };

  const object = (value: object, depth: number, field: string): JsonValue | undefined => {
    if (Array.isArray(value)) return list(value, depth, field);
    if (isOrdinary(value)) return ordinary(value, depth);
    if (value instanceof Map || value instanceof Set || value instanceof Error) {
      exact = false;
      if (value instanceof Set) return list([...value], depth, field);
      return record(value instanceof Map ? mapFields(value) : errorFields(value), depth);
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean)
      return visit(value.valueOf(), depth, field);
    if (value instanceof ArrayBuffer) return binary(new Uint8Array(value), field);
    if (ArrayBuffer.isView(value))
      return binary(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), field);
    if (value instanceof Date && Number.isNaN(value.getTime())) return mark('[invalid date]');
    if ('toJSON' in value && typeof value.toJSON === 'function') {
      const json: unknown = value.toJSON();
      if (json !== value) return visit(json, depth, field);
    }
    return ordinary(value as Record<string, unknown>, depth);
  };

  const list = (items: readonly unknown[], depth: number, field: string): JsonValue[] => {
    const result: JsonValue[] = [];
    for (let i = 0; i < items.length; i++) result.push(visit(items[i], depth, field) ?? null);
    return result;
  };

  const ordinary = (value: Record<string, unknown>, depth: number): JsonValue => {
    const result: { [key: string]: JsonValue } = {};
    const keys = Object.keys(value);
    const only = keys[0];
    if (keys.length === 1 && only !== undefined && isReferenceKey(only)) {
      if (keepReferences && isBlobReference(value)) return value;
      const field = visit(value[only], depth, only);
      return field === undefined ? result : { [keepReferences ? '$blob' : `$${only}`]: field };
    }
    for (const key of keys) {
      let field: JsonValue | undefined;
      try {
        field = visit(value[key], depth, key);
      } catch (error) {
        field = mark(`[threw: ${string(messageOf(error))}]`);
      }
      if (field !== undefined) set(result, fieldName(key, result), field);
    }
    return result;
  };

  const record = (fields: [string, () => unknown][], depth: number): JsonValue => {
    const result: { [key: string]: JsonValue } = {};
    for (const [key, read] of fields) {
      let field: JsonValue | undefined;
      try {
        field = visit(read(), depth, key);
      } catch (error) {
        field = mark(`[threw: ${string(messageOf(error))}]`);
      }
      if (field !== undefined) set(result, fieldName(key, result), field);
    }
    return result;
  };

  return (input) => {
    // A getter or a toJSON() may log something itself, in the middle of this.
    const outer = { exact, path, containers };
    exact = true;
    path = [];
    containers = 0;
    try {
      return { value: visit(input, 0, '') ?? null, exact };
    } finally {
      ({ exact, path, containers } = outer);
    }
  };
}

/** Made by `{}` or `JSON.parse`, and with no JSON form of its own. */
function isOrdinary(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && !('toJSON' in value);
}

/** A key called "__proto__" is a key like any other. */
function set(record: { [key: string]: JsonValue }, key: string, value: JsonValue): void {
  if (key !== '__proto__') record[key] = value;
  else Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}

function clip(text: string): string {
  return `${text.slice(0, MAX_STRING_LENGTH)}[clipped ${text.length - MAX_STRING_LENGTH} characters]`;
}

function mapFields(map: Map<unknown, unknown>): [string, () => unknown][] {
  return [...map].map(([key, value]) => [keyText(key), () => value]);
}

function errorFields(error: Error): [string, () => unknown][] {
  const extra = Object.keys(error).filter((key) => !['name', 'message', 'stack', 'cause'].includes(key));
  return [
    ['name', () => error.name],
    ['message', () => error.message],
    ...(error.cause === undefined ? [] : [['cause', () => error.cause] as [string, () => unknown]]),
    ...extra.map((key): [string, () => unknown] => [
      key,
      () => (error as unknown as Record<string, unknown>)[key],
    ]),
  ];
}

function keyText(key: unknown): string {
  return typeof key === 'object' && key !== null ? '[object]' : String(key);
}
