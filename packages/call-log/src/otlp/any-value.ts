import type { JsonValue } from '../schema/json.ts';

/** OTLP's `AnyValue` in its JSON encoding. None of the fields: null. @see https://github.com/open-telemetry/opentelemetry-proto */
export interface AnyValue {
  stringValue?: string;
  boolValue?: boolean;
  /** 64 bits: a number, or decimal text. Both are legal to read; see {@link toAnyValue} for what is written. */
  intValue?: number | string;
  doubleValue?: number | string;
  arrayValue?: { values?: AnyValue[] };
  kvlistValue?: { values?: KeyValue[] };
  /** Base64. */
  bytesValue?: string;
}

export interface KeyValue {
  key: string;
  value: AnyValue;
}

/** Nested deeper than this is nobody's trace, and would exhaust whoever walks it. */
const MAX_DEPTH = 128;

/**
 * A JSON value as an `AnyValue`: null is an empty one, an object a `kvlistValue`, a list an `arrayValue`, also when
 * they are empty. An integer that a double holds exactly is an `intValue`, and a JSON number: proto3 writes text there
 * and reads both, the OpenTelemetry SDK for JavaScript writes numbers, and Langfuse reads nothing else.
 *
 * @throws {RangeError} when it is nested deeper than 128 levels
 */
export function toAnyValue(value: JsonValue, depth = 0): AnyValue {
  if (depth > MAX_DEPTH) throw new RangeError(`a value is nested deeper than ${MAX_DEPTH} levels`);
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'number':
      return Number.isSafeInteger(value) ? { intValue: value } : { doubleValue: value };
    case 'object':
      if (value === null) return {};
      if (Array.isArray(value))
        return { arrayValue: { values: value.map((item) => toAnyValue(item, depth + 1)) } };
      return { kvlistValue: { values: toKeyValues(value, depth + 1) } };
  }
}

/** The fields of an object as OTLP attributes. @throws {RangeError} when it is nested deeper than 128 levels */
export function toKeyValues(fields: { [key: string]: JsonValue }, depth = 0): KeyValue[] {
  return Object.entries(fields).map(([key, value]) => ({ key, value: toAnyValue(value, depth) }));
}

/**
 * The JSON value of an `AnyValue`, whoever wrote it. An integer that a double does not hold exactly stays decimal text,
 * and so do bytes in base64; what is no `AnyValue` is null.
 *
 * @throws {RangeError} when it is nested deeper than 128 levels
 */
export function fromAnyValue(given: unknown, depth = 0): JsonValue {
  if (depth > MAX_DEPTH) throw new RangeError(`a value is nested deeper than ${MAX_DEPTH} levels`);
  if (typeof given !== 'object' || given === null) return null;
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } =
    given as AnyValue;
  if (typeof stringValue === 'string') return stringValue;
  if (typeof boolValue === 'boolean') return boolValue;
  if (intValue !== undefined) return toInteger(intValue);
  if (doubleValue !== undefined) return toDouble(doubleValue);
  if (Array.isArray(arrayValue?.values))
    return arrayValue.values.map((item) => fromAnyValue(item, depth + 1));
  if (arrayValue) return [];
  if (kvlistValue) return fromKeyValues(kvlistValue.values, depth + 1);
  return typeof bytesValue === 'string' ? bytesValue : null;
}

/** OTLP attributes as an object; a later one of the same key wins. A key called `__proto__` is a key like any other. */
export function fromKeyValues(given: unknown, depth = 0): { [key: string]: JsonValue } {
  if (!Array.isArray(given)) return {};
  return Object.fromEntries(
    given.flatMap((entry: Partial<KeyValue> | null) =>
      typeof entry?.key === 'string' ? [[entry.key, fromAnyValue(entry.value, depth)] as const] : [],
    ),
  );
}

function toInteger(given: unknown): JsonValue {
  const number = Number(given);
  if (Number.isSafeInteger(number)) return number;
  return typeof given === 'string' && /^-?\d+$/.test(given) ? given : null;
}

/** JSON has no NaN and no infinity; proto3 writes their names. */
function toDouble(given: unknown): JsonValue {
  const number = typeof given === 'string' && given.trim() === '' ? Number.NaN : Number(given);
  return Number.isFinite(number) ? number : typeof given === 'string' ? given : null;
}
