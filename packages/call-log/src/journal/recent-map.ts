/**
 * A map that remembers at least the last `reach` entries that were set, and at most twice as many, so that what a
 * long-lived process remembers stays bounded. In two generations, because forgetting the oldest entry of a `Map` one by
 * one takes time that grows with how many were forgotten.
 */
export class RecentMap<K, V> {
  /** May change. */
  reach: number;
  #young = new Map<K, V>();
  #old = new Map<K, V>();

  constructor(reach: number) {
    this.reach = reach;
  }

  get(key: K): V | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  has(key: K): boolean {
    return this.#young.has(key) || this.#old.has(key);
  }

  set(key: K, value: V): void {
    this.#young.set(key, value);
    if (this.#young.size < this.reach) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
