import { type BlobReference, isBlobReference } from '../schema/blob-reference.ts';

/** Deeper than any record that a log writes. */
const MAX_DEPTH = 256;

/** Every reference to a blob in a value, as often as it stands there. */
export function* findReferences(value: unknown, depth = 0): Generator<BlobReference> {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return;
  if (isBlobReference(value)) yield value;
  else for (const part of Object.values(value)) yield* findReferences(part, depth + 1);
}
