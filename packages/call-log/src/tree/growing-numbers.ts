type Numbers = Uint32Array | Float64Array;

/** A list of numbers that only grows, in four or eight bytes each: there is one entry for every call of a run. */
export class GrowingNumbers {
  #values: Numbers;
  #length = 0;

  /** @param kind how large a number may be: below 2^32, or below 2^53 */
  constructor(kind: Uint32ArrayConstructor | Float64ArrayConstructor) {
    this.#values = new kind(4);
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): number | undefined {
    return index < this.#length ? this.#values[index] : undefined;
  }

  /** What was never set in between is 0. */
  set(index: number, value: number): void {
    if (index >= this.#values.length) this.#grow(index + 1);
    this.#values[index] = value;
    this.#length = Math.max(this.#length, index + 1);
  }

  push(value: number): void {
    this.set(this.#length, value);
  }

  *[Symbol.iterator](): Generator<number> {
    for (let i = 0; i < this.#length; i++) yield this.#values[i] ?? 0;
  }

  #grow(needed: number): void {
    const kind = this.#values.constructor as new (length: number) => Numbers;
    // By half, because the old and the new one are there at the same time.
    const grown = new kind(Math.max(needed, Math.ceil(this.#values.length * 1.5)));
    grown.set(this.#values);
    this.#values = grown;
  }
}
