/**
 * The few things of protobuf's wire format that a recording is made of. A message is the concatenation of its fields.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
const encoder = new TextEncoder();

/** An unsigned number that fits a double exactly, or an enum or a boolean. */
export function varintField(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(field << 3), ...varint(value)]);
}

/** A `fixed64`. */
export function fixed64Field(field: number, value: bigint): Uint8Array {
  const bytes = new Uint8Array(9);
  bytes[0] = (field << 3) | 1;
  new DataView(bytes.buffer).setBigUint64(1, value, true);
  return bytes;
}

/** A string, bytes, or a message given as its fields. */
export function bytesField(field: number, ...content: (string | Uint8Array)[]): Uint8Array {
  const parts = content.map((part) => (typeof part === 'string' ? encoder.encode(part) : part));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return concatBytes([bytesHead(field, length), ...parts]);
}

/** What stands before the bytes of such a field. */
export function bytesHead(field: number, length: number): Uint8Array {
  return Uint8Array.from([...varint((field << 3) | 2), ...varint(length)]);
}

/** One array of many. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return bytes;
}
