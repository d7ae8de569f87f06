/** Waiting items of several owners: the owners take turns, and each owner's items come in the order they were added. */
export class FairQueue<Item> {
  /** In the order of their turns. */
  readonly #owners = new Map<string | undefined, Set<Item>>();

  get isEmpty(): boolean {
    return this.#owners.size === 0;
  }

  add(owner: string | undefined, item: Item): void {
    const items = this.#owners.get(owner);
    if (items === undefined) this.#owners.set(owner, new Set([item]));
    else items.add(item);
  }

  /** Whose turn it is; `undefined` when nobody waits. */
  peek(): Item | undefined {
    for (const items of this.#owners.values()) for (const item of items) return item;
    return undefined;
  }

  /** Takes out the one whose turn it is; its owner goes to the end. */
  shift(): Item | undefined {
    for (const [owner, items] of this.#owners)
      for (const item of items) {
        items.delete(item);
        this.#owners.delete(owner);
        if (items.size > 0) this.#owners.set(owner, items);
        return item;
      }
    return undefined;
  }

  /** Takes one out that waits no more; whose turn it is does not change. */
  delete(owner: string | undefined, item: Item): void {
    const items = this.#owners.get(owner);
    items?.delete(item);
    if (items?.size === 0) this.#owners.delete(owner);
  }
}
