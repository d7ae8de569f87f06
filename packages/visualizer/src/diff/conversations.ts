/**
 * Sequences of chat messages of any number of runs, as a tree: two conversations are the same when they are the
 * same place in it, and what they share is where their ways part. A place takes constant room, however long the conversation.
 */
export class Conversations {
  /** The conversation in which nothing has been said. */
  static readonly EMPTY = 0;
  readonly #parents = [0];
  /** An ancestor far enough up that any is reached in a logarithmic number of steps. @see https://doi.org/10.1016/0020-0190(83)90106-0 */
  readonly #jumps = [0];
  readonly #depths = [0];
  readonly #last = [-1];
  readonly #continued = new Map<number, number>();

  /** The conversation `place` with one more message, given as a number below 2^26. */
  append(place: number, message: number): number {
    const key = place * 0x4000000 + message;
    const known = this.#continued.get(key);
    if (known !== undefined) return known;
    const jump = this.#jump(place);
    const isEven = this.depth(place) - this.depth(jump) === this.depth(jump) - this.depth(this.#jump(jump));
    this.#jumps.push(isEven ? this.#jump(jump) : place);
    this.#parents.push(place);
    this.#depths.push(this.depth(place) + 1);
    const made = this.#last.push(message) - 1;
    this.#continued.set(key, made);
    return made;
  }

  /** How many messages it has. */
  depth(place: number): number {
    return this.#depths[place] ?? 0;
  }

  /** Its last message; -1 when it is empty. */
  last(place: number): number {
    return this.#last[place] ?? -1;
  }

  /** Its first `count` messages, or all when it has fewer. */
  beginning(place: number, count: number): number {
    let at = place;
    while (this.depth(at) > count)
      at = this.depth(this.#jump(at)) >= count ? this.#jump(at) : this.#parent(at);
    return at;
  }

  /** How many messages two begin with in common. */
  shared(one: number, other: number): number {
    const depth = Math.min(this.depth(one), this.depth(other));
    let [a, b] = [this.beginning(one, depth), this.beginning(other, depth)];
    while (a !== b) {
      const isBelow = this.#jump(a) !== this.#jump(b);
      [a, b] = isBelow ? [this.#jump(a), this.#jump(b)] : [this.#parent(a), this.#parent(b)];
    }
    return this.depth(a);
  }

  #parent(place: number): number {
    return this.#parents[place] ?? 0;
  }

  #jump(place: number): number {
    return this.#jumps[place] ?? 0;
  }
}
