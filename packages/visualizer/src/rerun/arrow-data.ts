import type { Data, DataType } from 'apache-arrow';
import type { Arrow } from './load-arrow.ts';

const encoder = new TextEncoder();

/** `makeData`, whose overloads do not cover types that are chosen at run time. */
function make(arrow: Arrow, props: object): Data {
  return (arrow.makeData as (props: object) => Data)(props);
}

/** No UTF-16 unit takes more bytes of UTF-8. */
const MOST_BYTES_PER_UNIT = 3;

/** Strings. Lone surrogates become U+FFFD. */
export function utf8Data(arrow: Arrow, texts: readonly string[]): Data {
  const valueOffsets = new Int32Array(texts.length + 1);
  // Written where they belong, because an array for each takes several times as long. What is not reached is never touched.
  const data = new Uint8Array(texts.reduce((sum, { length }) => sum + length, 0) * MOST_BYTES_PER_UNIT);
  let end = 0;
  texts.forEach((text, index) => {
    end += encoder.encodeInto(text, data.subarray(end)).written;
    valueOffsets[index + 1] = end;
  });
  return make(arrow, {
    type: new arrow.Utf8(),
    length: texts.length,
    nullCount: 0,
    valueOffsets,
    data: data.subarray(0, end),
  });
}

/** Strings that are a few ones again and again: which of `encoded`, in UTF-8, each is. */
export function repeatedUtf8Data(arrow: Arrow, encoded: readonly Uint8Array[], which: Int32Array): Data {
  const valueOffsets = new Int32Array(which.length + 1);
  let end = 0;
  for (let index = 0; index < which.length; index++) {
    end += encoded[which[index] ?? -1]?.length ?? 0;
    valueOffsets[index + 1] = end;
  }
  const data = new Uint8Array(end);
  let at = 0;
  for (let index = 0; index < which.length; index++) {
    const bytes = encoded[which[index] ?? -1];
    if (bytes === undefined) continue;
    // A dozen bytes, several hundred thousand times: `set` takes five times as long.
    for (let byte = 0; byte < bytes.length; byte++) data[at++] = bytes[byte] ?? 0;
  }
  return make(arrow, { type: new arrow.Utf8(), length: which.length, nullCount: 0, valueOffsets, data });
}

/** Bytes: numbers of an enumeration. */
export function uint8Data(arrow: Arrow, values: readonly number[]): Data {
  return make(arrow, {
    type: new arrow.Uint8(),
    length: values.length,
    nullCount: 0,
    data: Uint8Array.from(values),
  });
}

/** 32-bit numbers: colours as 0xRRGGBBAA. */
export function uint32Data(arrow: Arrow, values: Uint32Array): Data {
  return make(arrow, { type: new arrow.Uint32(), length: values.length, nullCount: 0, data: values });
}

export function float32Data(arrow: Arrow, values: ArrayLike<number>): Data {
  const data = Float32Array.from(values);
  return make(arrow, { type: new arrow.Float32(), length: data.length, nullCount: 0, data });
}

export function float64Data(arrow: Arrow, values: ArrayLike<number>): Data {
  const data = Float64Array.from(values);
  return make(arrow, { type: new arrow.Float64(), length: data.length, nullCount: 0, data });
}

export function int64Data(arrow: Arrow, values: BigInt64Array): Data {
  return make(arrow, { type: new arrow.Int64(), length: values.length, nullCount: 0, data: values });
}

/** Nanoseconds since 1970, without a time zone. */
export function timestampData(arrow: Arrow, values: BigInt64Array): Data {
  const type = new arrow.TimestampNanosecond();
  return make(arrow, { type, length: values.length, nullCount: 0, data: values });
}

export function boolData(arrow: Arrow, values: readonly boolean[]): Data {
  const data = new Uint8Array(Math.ceil(values.length / 8));
  values.forEach((value, index) => {
    if (value) data[index >> 3] = (data[index >> 3] ?? 0) | (1 << (index & 7));
  });
  return make(arrow, { type: new arrow.Bool(), length: values.length, nullCount: 0, data });
}

/** Values of `size` bytes each. */
export function fixedBinaryData(arrow: Arrow, size: number, data: Uint8Array): Data {
  return make(arrow, {
    type: new arrow.FixedSizeBinary(size),
    length: data.length / size,
    nullCount: 0,
    data,
  });
}

/** Lists that all have `size` items, such as points. */
export function fixedListData(arrow: Arrow, size: number, child: Data): Data {
  const type = new arrow.FixedSizeList(size, new arrow.Field('item', child.type as DataType, false));
  return make(arrow, { type, length: child.length / size, nullCount: 0, child });
}

/** Records whose fields are never null. */
export function structData(arrow: Arrow, children: Readonly<Record<string, Data>>): Data {
  const fields = Object.entries(children).map(([name, { type }]) => new arrow.Field(name, type, false));
  const columns = Object.values(children);
  const length = columns[0]?.length ?? 0;
  return make(arrow, { type: new arrow.Struct(fields), length, nullCount: 0, children: columns });
}

/** One list a row; `offsets` has one number more than there are rows. */
export function listData(arrow: Arrow, offsets: Int32Array, child: Data): Data {
  const type = new arrow.List(new arrow.Field('item', child.type as DataType, true));
  return make(arrow, { type, length: offsets.length - 1, nullCount: 0, valueOffsets: offsets, child });
}
