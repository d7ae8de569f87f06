import type { SpillFile } from './spill-file.ts';

/** Finished nodes that stay in memory, because something may still be said of them (a tool's result, a change of status). */
const KEPT = 256;

/**
 * Nodes of a tree in the order they came, found by id. With a place to spill to, only the unfinished and the latest
 * finished ones are in memory; the others are JSON in a file and come back when they are asked for.
 */
export class NodeList<T extends object> {
  readonly #indexes = new Map<string, number>();
  readonly #nodes: (T | undefined)[] = [];
  /** Where the nodes lie that are not in memory; two lists of numbers, because there may be very many. */
  readonly #offsets: number[] = [];
  readonly #lengths: number[] = [];
  /** Finished and in memory, the longest there first. */
  readonly #finished = new Set<number>();
  readonly #spill: SpillFile | undefined;
  /** Nothing more can be written there; what comes now stays in memory. */
  #full = false;

  readonly #kept: number;

  /** @param kept finished nodes that stay in memory all the same */
  constructor(spill?: SpillFile, kept = KEPT) {
    this.#spill = spill;
    this.#kept = kept;
  }

  get length(): number {
    return this.#nodes.length;
  }

  indexOf(id: string): number | undefined {
    return this.#indexes.get(id);
  }

  /** @param id by which it will be asked for, if ever */
  add(node: T, id?: string): number {
    const index = this.#nodes.push(node) - 1;
    if (id !== undefined) this.#indexes.set(id, index);
    return index;
  }

  /** To change it, use {@link change}. */
  at(index: number): T {
    const node = this.#nodes[index];
    if (node !== undefined) return node;
    return JSON.parse(this.#spilled(index).toString('utf8')) as T;
  }

  /** The node, in memory, to be changed; say {@link finish} afterwards if it is complete. */
  change(index: number): T {
    const node = this.at(index);
    this.#nodes[index] = node;
    this.#finished.delete(index);
    return node;
  }

  /** It is complete as far as anybody knows, and may leave memory. */
  finish(index: number): void {
    if (this.#spill === undefined || this.#full) return;
    this.#finished.add(index);
    if (this.#finished.size > this.#kept) this.#spillFirst(this.#spill);
  }

  /** Its JSON, without looking at it if it has been spilled. */
  json(index: number): string | Buffer {
    const node = this.#nodes[index];
    return node === undefined ? this.#spilled(index) : JSON.stringify(node);
  }

  #spillFirst(spill: SpillFile): void {
    const [first] = this.#finished;
    if (first === undefined) return;
    this.#finished.delete(first);
    try {
      const { offset, length } = spill.append(JSON.stringify(this.#nodes[first]));
      this.#offsets[first] = offset;
      this.#lengths[first] = length;
      this.#nodes[first] = undefined;
    } catch {
      this.#full = true;
    }
  }

  #spilled(index: number): Buffer {
    const offset = this.#offsets[index];
    const length = this.#lengths[index];
    if (this.#spill === undefined || offset === undefined || length === undefined)
      throw new RangeError(`there is no node ${index}`);
    return this.#spill.read({ offset, length });
  }
}
