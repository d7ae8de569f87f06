import type { BlobReference } from '../schema/blob-reference.ts';

/** UTF-16 units of all texts together. Those of a conversation are held by its caller, too. */
const MAX_LENGTH = 16 * 1024 * 1024;

/**
 * The binary texts of late and what stands for them, so that a picture that is sent with every turn is scrubbed, decoded
 * and hashed once. That costs about 50 ms a megabyte; to find it here costs a comparison.
 */
export class KnownTexts {
  readonly #known = new Map<string, { field: string; reference: BlobReference['$blob'] }>();
  #length = 0;

  /** @param field that it stands under, which may have decided about it */
  get(text: string, field: string): BlobReference['$blob'] | undefined {
    const known = this.#known.get(text);
    return known?.field === field ? known.reference : undefined;
  }

  set(text: string, field: string, reference: BlobReference['$blob']): void {
    if (text.length > MAX_LENGTH) return;
    if (!this.#known.has(text)) this.#length += text.length;
    this.#known.set(text, { field, reference });
    for (const oldest of this.#known.keys()) {
      if (this.#length <= MAX_LENGTH) return;
      this.#known.delete(oldest);
      this.#length -= oldest.length;
    }
  }
}
