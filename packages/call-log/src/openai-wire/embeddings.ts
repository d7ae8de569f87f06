/** How many vectors there are in the `data` of a reply, and how long the first is; `undefined` when there are none. */
export function embeddingsShape(data: unknown): { count: number; dimensions: number } | undefined {
  if (!Array.isArray(data) || data.length === 0) return undefined;
  const dimensions = dimensionsOf((data[0] as { embedding?: unknown } | null)?.embedding);
  return dimensions === undefined ? undefined : { count: data.length, dimensions };
}

/** A vector as it is on the wire: numbers, or base64 of 32-bit floats, little endian. `undefined` for anything else. */
export function decodeEmbedding(embedding: unknown): number[] | undefined {
  if (typeof embedding === 'string') {
    const bytes = Buffer.from(embedding, 'base64');
    if (bytes.length === 0 || bytes.length % 4 !== 0) return undefined;
    return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
  }
  const isVector = Array.isArray(embedding) && embedding.every((each) => typeof each === 'number');
  return isVector && embedding.length > 0 ? embedding : undefined;
}

function dimensionsOf(embedding: unknown): number | undefined {
  if (typeof embedding === 'string') return Buffer.byteLength(embedding, 'base64') / 4;
  return Array.isArray(embedding) ? embedding.length : undefined;
}
