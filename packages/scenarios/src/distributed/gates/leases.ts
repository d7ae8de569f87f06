/** Keeps what this process has taken its own, for as long as it lives: nobody renews what a dead process has taken. */
export class Leases {
  readonly #ids = new Set<string>();
  readonly #renew: (ids: string[]) => Promise<unknown>;
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | undefined;

  /** @param leaseMs how long it holds without being renewed */
  constructor(leaseMs: number, renew: (ids: string[]) => Promise<unknown>) {
    this.#renew = renew;
    this.#everyMs = leaseMs / 3;
  }

  add(id: string): void {
    this.#ids.add(id);
    this.#timer ??= setInterval(() => {
      // What could not be renewed now is tried again before it is over.
      this.#renew([...this.#ids]).catch(() => {});
    }, this.#everyMs).unref();
  }

  delete(id: string): void {
    this.#ids.delete(id);
    if (this.#ids.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#ids.clear();
  }
}
