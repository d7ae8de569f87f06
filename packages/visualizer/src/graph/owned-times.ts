/**
 * Things that happen to owners (nodes or edges, by number), per owner in the order of time, with a cursor
 * that moves both ways. Moving costs a step per owner and a step per thing passed over.
 */
export class OwnedTimes {
  /** How many things have happened to each owner so far. */
  readonly counts: Uint32Array;
  /** Where each owner's things begin; one more than there are owners. */
  readonly #starts: Uint32Array;
  readonly #times: Float64Array;
  /** Which of the things given stands at each place. */
  readonly #order: Uint32Array;

  /** @param times in ms; `-Infinity` where no time is known, so that it has always happened */
  constructor(owners: readonly number[], times: readonly number[], ownerCount: number) {
    this.counts = new Uint32Array(ownerCount);
    this.#starts = new Uint32Array(ownerCount + 1);
    for (const owner of owners) this.#starts[owner + 1] = (this.#starts[owner + 1] ?? 0) + 1;
    for (let owner = 0; owner < ownerCount; owner++) {
      this.#starts[owner + 1] = (this.#starts[owner + 1] ?? 0) + (this.#starts[owner] ?? 0);
    }
    const next = this.#starts.slice();
    this.#times = new Float64Array(owners.length);
    this.#order = new Uint32Array(owners.length);
    const byTime = Uint32Array.from(owners.keys()).sort(
      (a, b) => compare(times[a] ?? 0, times[b] ?? 0) || a - b,
    );
    for (const thing of byTime) {
      const owner = owners[thing] ?? 0;
      const place = next[owner] ?? 0;
      next[owner] = place + 1;
      this.#times[place] = times[thing] ?? 0;
      this.#order[place] = thing;
    }
  }

  moveTo(atMs: number): void {
    const [times, starts] = [this.#times, this.#starts];
    for (let owner = 0; owner < this.counts.length; owner++) {
      const [start, end] = [starts[owner] ?? 0, starts[owner + 1] ?? 0];
      let place = start + (this.counts[owner] ?? 0);
      while (place < end && (times[place] ?? 0) <= atMs) place++;
      while (place > start && (times[place - 1] ?? 0) > atMs) place--;
      this.counts[owner] = place - start;
    }
  }

  /** When the last thing happened, per owner; `NaN` where nothing has or no time is known. */
  readLast(into: Float64Array): void {
    this.#read(this.#times, into);
    for (let owner = 0; owner < into.length; owner++)
      if (into[owner] === Number.NEGATIVE_INFINITY) into[owner] = Number.NaN;
  }

  /** Running sums of a value that each thing has; `NaN` until one is known. To be read with `readSums`. */
  sumsOf(values: readonly (number | undefined)[]): Float64Array {
    const sums = new Float64Array(this.#times.length);
    for (let owner = 0; owner < this.counts.length; owner++) {
      let sum = Number.NaN;
      for (let place = this.#starts[owner] ?? 0; place < (this.#starts[owner + 1] ?? 0); place++) {
        const value = values[this.#order[place] ?? 0];
        if (value !== undefined) sum = (Number.isNaN(sum) ? 0 : sum) + value;
        sums[place] = sum;
      }
    }
    return sums;
  }

  /** The sums so far, per owner. */
  readSums(sums: Float64Array, into: Float64Array): void {
    this.#read(sums, into);
  }

  #read(column: Float64Array, into: Float64Array): void {
    for (let owner = 0; owner < into.length; owner++) {
      const count = this.counts[owner] ?? 0;
      into[owner] = count === 0 ? Number.NaN : (column[(this.#starts[owner] ?? 0) + count - 1] ?? Number.NaN);
    }
  }
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
