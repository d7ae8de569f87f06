/** The share of places that may be taken, so that a search is short. */
const FULL = 0.6;

/**
 * Positions by id in eight bytes an entry or a little more, whatever the length of the ids, because it has every call of a
 * run: a hash table that asks back for the id that stands at a position.
 */
export class IdIndex {
  readonly #idAt: (position: number) => string;
  /** Of the hashes, so that nobody can choose ids that all fall on one place. */
  readonly #seed = Math.floor(Math.random() * 2 ** 32);
  /** Hash, and position + 1 (0: nothing here). */
  #hashes = new Uint32Array(16);
  #positions = new Uint32Array(16);
  #size = 0;

  /** @param idAt asked when the hash of an id has been seen; may take its time */
  constructor(idAt: (position: number) => string) {
    this.#idAt = idAt;
  }

  get(id: string): number | undefined {
    const place = this.#placeOf(id, this.#hash(id));
    const position = this.#positions[place] ?? 0;
    return position === 0 ? undefined : position - 1;
  }

  /** Takes an id in that is not there yet. */
  add(id: string, position: number): void {
    if (this.#size >= this.#positions.length * FULL) this.#grow();
    const hash = this.#hash(id);
    this.#put(hash, position + 1);
    this.#size++;
  }

  #placeOf(id: string, hash: number): number {
    const last = this.#positions.length - 1;
    for (let place = hash & last; ; place = (place + 1) & last) {
      const position = this.#positions[place] ?? 0;
      if (position === 0) return place;
      if (this.#hashes[place] === hash && this.#idAt(position - 1) === id) return place;
    }
  }

  #put(hash: number, position: number): void {
    const last = this.#positions.length - 1;
    let place = hash & last;
    while (this.#positions[place] !== 0) place = (place + 1) & last;
    this.#hashes[place] = hash;
    this.#positions[place] = position;
  }

  #grow(): void {
    const [hashes, positions] = [this.#hashes, this.#positions];
    this.#hashes = new Uint32Array(hashes.length * 2);
    this.#positions = new Uint32Array(positions.length * 2);
    for (const [place, position] of positions.entries())
      if (position !== 0) this.#put(hashes[place] ?? 0, position);
  }

  /** FNV-1a over the UTF-16 units, its bits mixed once more, because the lowest ones choose the place. */
  #hash(id: string): number {
    let hash = this.#seed;
    for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return (hash ^ (hash >>> 13)) >>> 0;
  }
}
