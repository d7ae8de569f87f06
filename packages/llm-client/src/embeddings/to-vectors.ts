import { decodeEmbedding } from '@pd/call-log/openai-wire';
import type { WireEmbeddings } from '../backend/backend.ts';
import { malformed } from '../backend/to-client-error.ts';

/**
 * The vectors of a reply, in the order of the texts.
 *
 * @throws {MalformedReplyError} when one is missing or is none: a list with a hole would give a text the vector of another
 */
export function toVectors({ data }: WireEmbeddings, input: unknown, baseURL: string): number[][] {
  const expected = countOf(input);
  if (data.length !== expected) {
    throw malformed(baseURL, `${data.length} vectors for ${expected} texts`, undefined, 'embeddings');
  }
  const vectors: number[][] = [];
  for (const [position, item] of data.entries()) {
    const { index = position, embedding } = (item ?? {}) as { index?: number; embedding?: unknown };
    const vector = decodeEmbedding(embedding);
    if (
      vector === undefined ||
      !Number.isInteger(index) ||
      index < 0 ||
      index >= expected ||
      index in vectors
    ) {
      throw malformed(baseURL, `item ${position} is no vector of its own`, undefined, 'embeddings');
    }
    vectors[index] = vector;
  }
  return vectors;
}

/** A text, a list of texts, the tokens of a text, or a list of those. */
function countOf(input: unknown): number {
  return Array.isArray(input) && typeof input[0] !== 'number' ? input.length : 1;
}
