import type { Reply } from '@pd/call-log/schema';

type Embeddings = NonNullable<Reply['embeddings']>;

const PREFIX = 'data:application/octet-stream;base64,';

/**
 * Vectors as one text for the log, exactly: 32-bit floats where nothing is lost by that, else 64-bit ones, little endian.
 * `undefined` when they are not all of one length.
 */
export function packVectors(vectors: readonly number[][]): string | undefined {
  const dimensions = vectors[0]?.length ?? 0;
  if (dimensions === 0 || vectors.some(({ length }) => length !== dimensions)) return undefined;
  const isExact = vectors.every((vector) => vector.every((each) => Math.fround(each) === each));
  const size = isExact ? 4 : 8;
  const bytes = Buffer.alloc(vectors.length * dimensions * size);
  let at = 0;
  for (const vector of vectors)
    for (const each of vector) at = isExact ? bytes.writeFloatLE(each, at) : bytes.writeDoubleLE(each, at);
  return PREFIX + bytes.toString('base64');
}

/** What was packed; `undefined` for anything that does not hold so many numbers. */
export function unpackVectors({ count, dimensions, vectors }: Embeddings): number[][] | undefined {
  if (typeof vectors !== 'string' || !vectors.startsWith(PREFIX)) return undefined;
  const bytes = Buffer.from(vectors.slice(PREFIX.length), 'base64');
  const size = bytes.length / (count * dimensions);
  if (size !== 4 && size !== 8) return undefined;
  const read = (place: number) =>
    size === 4 ? bytes.readFloatLE(place * size) : bytes.readDoubleLE(place * size);
  const vector = (i: number) => Array.from({ length: dimensions }, (_, j) => read(i * dimensions + j));
  return Array.from({ length: count }, (_, i) => vector(i));
}
