/**
 * Numbers what is begun under a name, from 1. A number that came to nothing is given again, so that a second try takes the place of
 * the first.
 */
export class Ordinals {
  readonly #last = new Map<string, number>();
  readonly #free = new Map<string, number[]>();

  take(name: string): number {
    const free = this.#free.get(name)?.shift();
    if (free !== undefined) return free;
    const next = (this.#last.get(name) ?? 0) + 1;
    this.#last.set(name, next);
    return next;
  }

  giveBack(name: string, ordinal: number): void {
    const free = [...(this.#free.get(name) ?? []), ordinal].sort((a, b) => a - b);
    this.#free.set(name, free);
  }
}
