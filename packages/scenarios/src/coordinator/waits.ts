/** Somebody who, handling a message, waits for the answer of somebody else. */
export interface Wait {
  from: string;
  to: string;
}

/** Who waits for whom: nobody may wait, through others, for its own answer. */
export class Waits {
  readonly #waits = new Map<string, Wait[]>();

  /** Whether `to` waits, through others, for `from` already. */
  wouldClose(from: string, to: string): boolean {
    if (this.#waits.size === 0) return false;
    const seen = new Set<string>();
    const reaches = (id: string): boolean => {
      if (id === from) return true;
      if (seen.has(id)) return false;
      seen.add(id);
      return (this.#waits.get(id) ?? []).some((wait) => reaches(wait.to));
    };
    return reaches(to);
  }

  begin(from: string, to: string): Wait {
    const wait = { from, to };
    const others = this.#waits.get(from);
    if (others === undefined) this.#waits.set(from, [wait]);
    else others.push(wait);
    return wait;
  }

  end(wait: Wait | undefined): void {
    if (wait === undefined) return;
    const rest = (this.#waits.get(wait.from) ?? []).filter((each) => each !== wait);
    if (rest.length === 0) this.#waits.delete(wait.from);
    else this.#waits.set(wait.from, rest);
  }
}
