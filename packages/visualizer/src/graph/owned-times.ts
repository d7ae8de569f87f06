/**
 * Things that happen to owners (nodes or edges, by number), per owner in the order of time, with a cursor
 * that moves both ways. Moving costs a step per owner and a step per thing passed over.
 */
export class OwnedTimes {
  /** How many things have happened to each owner so far. */
  readonly counts: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #times: Float64Array;

  /** @param times in ms; `-Infinity` where no time is known, so that it has always happened */
  constructor(owners: readonly number[], times: readonly number[], ownerCount: number) {
    this.counts = new Uint32Array(ownerCount);
    this.#starts = startsOf(owners, ownerCount);
    const next = this.#starts.slice();
    this.#times = new Float64Array(owners.length);
    owners.forEach((owner, thing) => {
      this.#times[next[owner] ?? 0] = times[thing] ?? 0;
      next[owner] = (next[owner] ?? 0) + 1;
    });
    for (let owner = 0; owner < ownerCount; owner++) {
      this.#times.subarray(this.#starts[owner], this.#starts[owner + 1]).sort();
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
    this.read(this.#times, into);
    for (let owner = 0; owner < into.length; owner++)
      if (into[owner] === Number.NEGATIVE_INFINITY) into[owner] = Number.NaN;
  }

  /** What a column that is laid out like the times says of the last thing, per owner; `NaN` before the first. */
  read(column: Float64Array, into: Float64Array): void {
    for (let owner = 0; owner < into.length; owner++) {
      const count = this.counts[owner] ?? 0;
      into[owner] = count === 0 ? Number.NaN : (column[(this.#starts[owner] ?? 0) + count - 1] ?? Number.NaN);
    }
  }
}

/** Where each owner's things begin when they are put owner by owner; one more than there are owners. */
export function startsOf(owners: readonly number[], ownerCount: number): Uint32Array {
  const starts = new Uint32Array(ownerCount + 1);
  for (const owner of owners) starts[owner + 1] = (starts[owner + 1] ?? 0) + 1;
  for (let owner = 0; owner < ownerCount; owner++) {
    starts[owner + 1] = (starts[owner + 1] ?? 0) + (starts[owner] ?? 0);
  }
  return starts;
}
