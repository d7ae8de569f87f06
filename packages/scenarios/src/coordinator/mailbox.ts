/** Messages that wait for one participant, in order, and those that wait for room. */
export class Mailbox<T> {
  readonly #capacity: number;
  /** In the mailbox: from `#head` on. */
  #items: T[] = [];
  #head = 0;
  #outside: { item: T; accepted: () => void }[] = [];

  /** @param capacity how many may wait in it */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#items.length - this.#head + this.#outside.length;
  }

  /** Puts one in, or in front of the door while there is no room. Returns a promise only if it has to wait. */
  put(item: T): Promise<void> | undefined {
    if (this.#items.length - this.#head < this.#capacity) {
      this.#items.push(item);
      return undefined;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#outside.push({ item, accepted: resolve });
    return promise;
  }

  take(): T | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#items[this.#head++] = undefined as T;
    // Given back in large pieces, so that taking stays cheap however many wait.
    if (this.#head > 1_000 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    const next = this.#outside.shift();
    if (next !== undefined) {
      this.#items.push(next.item);
      next.accepted();
    }
    return item;
  }

  /** Takes all out, also those outside. */
  clear(): T[] {
    const all = [...this.#items.slice(this.#head), ...this.#outside.map(({ item }) => item)];
    for (const { accepted } of this.#outside) accepted();
    this.#items = [];
    this.#head = 0;
    this.#outside = [];
    return all;
  }
}
