import { setTimeout as wait } from 'node:timers/promises';

/** How long to wait before something is told once more, in milliseconds. */
const PAUSE_MS = 1_000;

/** Tells Redis what has to arrive, without anybody waiting for it: again and again, until it does. */
export class Deliveries {
  readonly #underway = new Set<Promise<void>>();
  readonly #closed = new AbortController();

  add(deliver: () => Promise<unknown>): void {
    const delivery = this.#deliver(deliver).finally(() => this.#underway.delete(delivery));
    this.#underway.add(delivery);
  }

  /** Waits for what is under way; what has not arrived after so long is given up. */
  async close(timeoutMs: number): Promise<void> {
    const timer = setTimeout(() => this.#closed.abort(), timeoutMs);
    await Promise.all(this.#underway);
    clearTimeout(timer);
    this.#closed.abort();
  }

  async #deliver(deliver: () => Promise<unknown>): Promise<void> {
    for (;;)
      try {
        await deliver();
        return;
      } catch {
        if (this.#closed.signal.aborted) return;
        await wait(PAUSE_MS, undefined, { signal: this.#closed.signal, ref: false }).catch(() => {});
      }
  }
}
