import { GrowingNumbers } from './growing-numbers.ts';
import { IdIndex } from './id-index.ts';
import type { SpillFile } from './spill-file.ts';

/** Finished nodes that stay in memory, because something may still be said of them (a tool's result, a change of status). */
const KEPT = 64;
/** Bytes read from the file at once. */
const PIECE = 256 * 1024;
/** After each node in the file, so that many in a row are a list already. */
const SEPARATOR = ',\n';

/**
 * Nodes of a tree in the order they came, found by id. With a place to spill to, only the unfinished and the latest
 * finished ones are in memory; the others are JSON in a file and come back when they are asked for.
 */
export class NodeList<T extends object> {
  readonly #indexes = new IdIndex((index) => String((this.at(index) as { id?: unknown }).id));
  /** Those in memory. */
  readonly #nodes = new Map<number, T>();
  #length = 0;
  /** Where the nodes lie that are not in memory. */
  readonly #offsets = new GrowingNumbers(Float64Array);
  readonly #lengths = new GrowingNumbers(Uint32Array);
  /** Finished and in memory: the latest, and those before them. */
  #latest = new Set<number>();
  #earlier = new Set<number>();
  readonly #spill: SpillFile | undefined;
  /** Nothing more can be written there; what comes now stays in memory. */
  #full = false;

  readonly #kept: number;
  readonly #groupOf: (index: number) => number;

  /**
   * @param kept finished nodes that stay in memory all the same; twice as many at most
   * @param groupOf nodes of one group are read one after the other, so they are spilled that way
   */
  constructor(spill?: SpillFile, kept = KEPT, groupOf: (index: number) => number = () => 0) {
    this.#spill = spill;
    this.#kept = kept;
    this.#groupOf = groupOf;
  }

  get length(): number {
    return this.#length;
  }

  indexOf(id: string): number | undefined {
    return this.#indexes.get(id);
  }

  /** @param id by which it will be asked for, if ever; the node's own, and not in the list yet */
  add(node: T, id?: string): number {
    const index = this.#length++;
    this.#nodes.set(index, node);
    if (id !== undefined) this.#indexes.add(id, index);
    return index;
  }

  /** To change it, use {@link change}. */
  at(index: number): T {
    const node = this.#nodes.get(index);
    if (node !== undefined) return node;
    const length = this.#lengthOf(index);
    if (length === 0) throw new RangeError(`there is no node ${index}`);
    return JSON.parse(this.#piece(this.#offsets.at(index) ?? 0, length).toString('utf8')) as T;
  }

  /** The node, in memory, to be changed; say {@link finish} afterwards if it is complete. */
  change(index: number): T {
    const node = this.at(index);
    this.#nodes.set(index, node);
    this.#latest.delete(index);
    this.#earlier.delete(index);
    return node;
  }

  /** It is complete as far as anybody knows, and may leave memory. */
  finish(index: number): void {
    if (this.#spill === undefined || this.#full) return;
    this.#latest.add(index);
    if (this.#latest.size <= this.#kept) return;
    const group = this.#groupOf;
    for (const old of [...this.#earlier].sort((a, b) => group(a) - group(b) || a - b))
      this.#spillNode(old, this.#spill);
    this.#earlier = this.#latest;
    this.#latest = new Set();
  }

  /** The JSON of these nodes, separated by `,` and a line end; what lies in the file one after the other is one piece. */
  *json(indexes: Iterable<number>): Generator<string | Buffer> {
    let offset = 0;
    let length = 0;
    for (const index of indexes) {
      const node = this.#nodes.get(index);
      const next = this.#offsets.at(index);
      const isNext =
        node === undefined && next === offset + length && length + this.#lengthOf(index) <= PIECE;
      if (isNext) {
        length += this.#lengthOf(index);
        continue;
      }
      if (length > 0) yield this.#piece(offset, length);
      length = 0;
      if (node !== undefined) yield JSON.stringify(node);
      else {
        offset = next ?? 0;
        length = this.#lengthOf(index);
      }
    }
    if (length > 0) yield this.#piece(offset, length);
  }

  #spillNode(index: number, spill: SpillFile): void {
    if (this.#full) return;
    try {
      const { offset, length } = spill.append(JSON.stringify(this.#nodes.get(index)) + SEPARATOR);
      this.#offsets.set(index, offset);
      this.#lengths.set(index, length);
      this.#nodes.delete(index);
    } catch {
      this.#full = true;
    }
  }

  /** 0 for one that is in no file. */
  #lengthOf(index: number): number {
    return this.#lengths.at(index) ?? 0;
  }

  #piece(offset: number, length: number): Buffer {
    if (this.#spill === undefined) throw new RangeError('there is no file to read nodes from');
    return this.#spill.read({ offset, length: length - SEPARATOR.length });
  }
}
