import { pipeline, Readable, type Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';

/** As many as Node's own fetch undoes. */
const MOST_CODINGS = 5;

// What has come is handed out at once, because a compressed stream of events is to arrive as it is sent; and an end
// without its checksum is taken, as every browser does.
const ZLIB = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH };

const decoders: Record<string, (first: Uint8Array) => Transform> = {
  gzip: () => createGunzip(ZLIB),
  'x-gzip': () => createGunzip(ZLIB),
  br: () => createBrotliDecompress(BROTLI),
  // With its header, as the standard says, or without, as some servers send it.
  deflate: ([first = 0]) => ((first & 0x0f) === 0x08 ? createInflate(ZLIB) : createInflateRaw(ZLIB)),
  // Node 22.15 is the first that has it.
  ...(createZstdDecompress !== undefined && { zstd: () => createZstdDecompress() }),
};

/** What a server is told that it may send. @see https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding */
export const ACCEPTED_ENCODINGS = ['gzip', 'deflate', 'br', 'zstd']
  .filter((name) => name in decoders)
  .join(', ');

/** A body with its `content-encoding` undone; as it is where that names something unknown. */
export function decodeBody(
  body: AsyncIterable<Uint8Array>,
  contentEncoding: string | undefined,
): AsyncIterable<Uint8Array> {
  const names = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const codings = names.filter((name) => name !== '' && name !== 'identity').reverse();
  if (codings.length > MOST_CODINGS || !codings.every((name) => Object.hasOwn(decoders, name))) return body;
  return codings.reduce((inner, name) => decoded(inner, name), body);
}

async function* decoded(body: AsyncIterable<Uint8Array>, coding: string): AsyncGenerator<Uint8Array> {
  const source = body[Symbol.asyncIterator]();
  try {
    const first = await source.next();
    const decoder = first.done ? undefined : decoders[coding]?.(first.value);
    if (first.done || decoder === undefined) return;
    decoder.write(first.value);
    const rest = Readable.from({ [Symbol.asyncIterator]: () => source }, { objectMode: false });
    // Errors come out of the decoder.
    yield* pipeline(rest, decoder, () => {});
  } finally {
    await source.return?.();
  }
}
