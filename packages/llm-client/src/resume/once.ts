/** Things of many kinds, each to be taken once, in the order they were put in. */
export class Once<T> {
  readonly #queues = new Map<string, { items: T[]; next: number }>();

  put(key: string, item: T): void {
    const queue = this.#queues.get(key);
    if (queue === undefined) this.#queues.set(key, { items: [item], next: 0 });
    else queue.items.push(item);
  }

  take(key: string): T | undefined {
    const queue = this.#queues.get(key);
    return queue === undefined ? undefined : queue.items[queue.next++];
  }
}
