/** Words of a hash that are compared: 24 characters of base64url, 144 bits, which no two messages share. */
const WORDS = 6;
const FIRST_SLOTS = 256;

/**
 * A bounded set of hashes in base64url, emptied when it is full. One block of memory outside of the JavaScript heap,
 * because strings in a `Set` live just long enough to make the heap of a long run grow.
 */
export class SeenHashes {
  readonly #limit: number;
  readonly #wanted = new Uint32Array(WORDS);
  /** A power of two of slots, at most half of them taken; one whose first word is 0 is free. */
  #words = new Uint32Array(0);
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Adds a hash of at least 24 characters. Returns whether it was there already. */
  add(hash: string): boolean {
    if (this.#size * 2 * WORDS >= this.#words.length) this.#grow();
    for (let i = 0; i < WORDS; i++) this.#wanted[i] = fourCharacters(hash, i * 4);
    if (this.#words[this.#find()] !== 0) return true;
    if (this.#size >= this.#limit) this.clear();
    if (this.#words.length === 0) this.#grow();
    this.#words.set(this.#wanted, this.#find());
    this.#size++;
    return false;
  }

  /** Gives the memory back, too. */
  clear(): void {
    this.#words = new Uint32Array(0);
    this.#size = 0;
  }

  /** Where the wanted hash is, or belongs. */
  #find(): number {
    const mask = this.#words.length / WORDS - 1;
    const mixed = (this.#wanted[0] ?? 0) ^ Math.imul(this.#wanted[1] ?? 0, 0x9e3779b1);
    for (let slot = mixed & mask; ; slot = (slot + 1) & mask) {
      const at = slot * WORDS;
      if (this.#words[at] === 0 || this.#isWanted(at)) return at;
    }
  }

  #isWanted(at: number): boolean {
    for (let i = 0; i < WORDS; i++) if (this.#words[at + i] !== this.#wanted[i]) return false;
    return true;
  }

  #grow(): void {
    const before = this.#words;
    this.#words = new Uint32Array(Math.max(FIRST_SLOTS * WORDS, before.length * 2));
    for (let at = 0; at < before.length; at += WORDS) {
      if (before[at] === 0) continue;
      this.#wanted.set(before.subarray(at, at + WORDS));
      this.#words.set(this.#wanted, this.#find());
    }
  }
}

function fourCharacters(text: string, at: number): number {
  return (
    text.charCodeAt(at) |
    (text.charCodeAt(at + 1) << 8) |
    (text.charCodeAt(at + 2) << 16) |
    (text.charCodeAt(at + 3) << 24)
  );
}
