import { type Table, tableFromIPC } from 'apache-arrow';
import { framesOf } from './rerun-frames.ts';

const ARROW_MESSAGE = 2n;
/** Of `ArrowMsg`: the payload, with protobuf's mark for bytes. */
const PAYLOAD = (5 << 3) | 2;

/** The tables of the chunks whose entity's path matches, in the order of the file. */
export function chunksOf(recording: Buffer, entity: RegExp): Table[] {
  return framesOf(recording)
    .filter(({ kind }) => kind === ARROW_MESSAGE)
    .map(({ payload }) => tableFromIPC(payloadOf(payload)))
    .filter(({ schema }) => entity.test(schema.metadata.get('rerun:entity_path') ?? ''));
}

function payloadOf(message: Buffer): Buffer {
  for (let at = 0; at < message.length; ) {
    const tag = message[at] ?? 0;
    const value = varint(message, at + 1);
    if (tag === PAYLOAD) return message.subarray(value.end, value.end + value.number);
    // The fields before it are numbers and bytes.
    at = (tag & 7) === 2 ? value.end + value.number : value.end;
  }
  throw new Error('a chunk without a payload');
}

function varint(bytes: Buffer, begin: number): { number: number; end: number } {
  let number = 0;
  for (let at = begin, factor = 1; ; at++, factor *= 128) {
    const byte = bytes[at] ?? 0;
    number += (byte & 0x7f) * factor;
    if (byte < 0x80) return { number, end: at + 1 };
  }
}
