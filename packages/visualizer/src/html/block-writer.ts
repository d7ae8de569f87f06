import type { BlockRange } from '../page-data/page-data.ts';
import type { Block } from './block.ts';

/** Characters of JSON in one block: opened in a few milliseconds, and large enough to be compressed well. */
const BLOCK_LENGTH = 256 * 1024;

/** Divides a run's data into blocks. */
export class BlockWriter {
  readonly #prefix: string;
  #count = 0;

  /** @param prefix what the ids of its blocks begin with */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** One value as one block. */
  block(value: unknown): Block {
    return this.#block(JSON.stringify(value));
  }

  /** A list as blocks of about the same size. */
  *list(items: Iterable<unknown>, ranges: BlockRange[]): Generator<Block, void, void> {
    let parts: string[] = [];
    let length = 0;
    let first = 0;
    let next = 0;
    const flush = () => {
      const block = this.#block(`[${parts.join(',')}]`);
      ranges.push({ block: block.id, first });
      [parts, length, first] = [[], 0, next];
      return block;
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

  #block(json: string): Block {
    return { id: `${this.#prefix}-${this.#count++}`, json };
  }
}
