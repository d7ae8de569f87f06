import { type BlobReference, isBlobReference } from '../schema/blob-reference.ts';
import { toBinaryText } from './binary-text.ts';
import { findReferences } from './find-references.ts';
import { readBlob } from './read-blob.ts';
import { isReferenceKey } from './reference-key.ts';

/**
 * Puts large parts back where they stood: data URLs and base64 to the letter, binary values as a `Buffer`. Takes anything
 * from a tree, such as the messages of `expandRequest()` or a reply, and leaves it as it is.
 *
 * @param run path of the run's journal or tree, or either without its extension
 * @throws {MissingBlobError} when a blob is not there, or is not what was put there
 */
export async function expandBlobs<T>(value: T, run: string): Promise<T> {
  const parts = new Map<string, string | Buffer>();
  for (const reference of findReferences(value)) {
    const key = keyOf(reference);
    if (!parts.has(key)) parts.set(key, await readPart(reference, run));
  }
  return expand(value, parts) as T;
}

async function readPart(reference: BlobReference, run: string): Promise<string | Buffer> {
  const bytes = await readBlob(reference, run);
  return reference.$blob.encoding === 'bytes' ? bytes : toBinaryText(reference.$blob, bytes);
}

function expand(value: unknown, parts: ReadonlyMap<string, string | Buffer>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => expand(item, parts));
  if (isBlobReference(value)) return parts.get(keyOf(value)) ?? value;
  const entries = Object.entries(value).map(([key, field]): [string, unknown] => [key, expand(field, parts)]);
  const [only] = entries;
  // The caller's own object, which looked like a reference.
  if (entries.length === 1 && only?.[0].startsWith('$$') && isReferenceKey(only[0]))
    only[0] = only[0].slice(1);
  return Object.fromEntries(entries);
}

function keyOf({ $blob: { sha256, encoding, media_type = '' } }: BlobReference): string {
  return `${sha256} ${encoding} ${media_type}`;
}
