import { deflateRawSync } from 'node:zlib';
import type { BlockRange } from '../page-data/page-data.ts';

/** Characters of JSON in one block: opened in a few milliseconds, and large enough to be compressed well. */
const BLOCK_LENGTH = 256 * 1024;
/** Of 1 to 9. On recorded runs 3 is twice as fast as the default 6 and a tenth larger. */
const COMPRESSION_LEVEL = 3;

/** Makes the elements that hold a run's data: JSON, deflated, in base64, which cannot end the element. */
export class BlockWriter {
  readonly #prefix: string;
  #count = 0;

  /** @param prefix what the ids of its blocks begin with */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** One value as one block. */
  write(value: unknown): { id: string; element: string } {
    return this.#write(JSON.stringify(value));
  }

  /** A list as blocks of about the same size. */
  *writeList(items: Iterable<unknown>, ranges: BlockRange[]): Generator<string, void, void> {
    let parts: string[] = [];
    let length = 0;
    let first = 0;
    let next = 0;
    const flush = () => {
      const { id, element } = this.#write(`[${parts.join(',')}]`);
      ranges.push({ block: id, first });
      [parts, length, first] = [[], 0, next];
      return element;
    };
    for (const item of items) {
      const json = JSON.stringify(item);
      if (length > 0 && length + json.length > BLOCK_LENGTH) yield flush();
      parts.push(json);
      length += json.length;
      next++;
    }
    if (parts.length > 0) yield flush();
  }

  #write(json: string): { id: string; element: string } {
    const id = `${this.#prefix}-${this.#count++}`;
    const data = deflateRawSync(json, { level: COMPRESSION_LEVEL }).toString('base64');
    return { id, element: `<script type="text/plain" id="${id}">${data}</script>\n` };
  }
}
