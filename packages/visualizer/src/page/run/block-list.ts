import type { BlockRange } from '../../page-data/page-data.ts';
import { type Blocks, readBlock } from './read-block.ts';

/** Decoded blocks that are kept: what somebody steps through, without holding the whole run. */
const KEPT = 24;

/** A long list whose items lie in blocks; a block is decoded when something in it is asked for. */
export class BlockList<T> {
  readonly #blocks: Blocks;
  readonly #ranges: readonly BlockRange[];
  readonly #decoded = new Map<string, Promise<T[]>>();

  constructor(blocks: Blocks, ranges: readonly BlockRange[]) {
    this.#blocks = blocks;
    this.#ranges = ranges;
  }

  /** The number of blocks, for going through all of them. */
  get size(): number {
    return this.#ranges.length;
  }

  /** One item; `undefined` when there is none at that place. */
  async at(index: number): Promise<T | undefined> {
    const range = this.#ranges.findLast(({ first }) => first <= index);
    if (range === undefined) return undefined;
    return (await this.#decode(range.block))[index - range.first];
  }

  /** All items of one block, with the place of the first; not kept. */
  async block(place: number): Promise<{ first: number; items: T[] }> {
    const range = this.#ranges[place];
    if (range === undefined) return { first: 0, items: [] };
    const kept = this.#decoded.get(range.block);
    return { first: range.first, items: await (kept ?? this.#read(range.block)) };
  }

  #decode(block: string): Promise<T[]> {
    const decoded = this.#decoded.get(block) ?? this.#read(block);
    // The one that was used last is kept longest.
    this.#decoded.delete(block);
    this.#decoded.set(block, decoded);
    const [oldest] = this.#decoded.keys();
    if (this.#decoded.size > KEPT && oldest !== undefined) this.#decoded.delete(oldest);
    return decoded;
  }

  async #read(block: string): Promise<T[]> {
    // Written by packRun() of the same build into the same document.
    return (await readBlock(this.#blocks, block)) as T[];
  }
}
