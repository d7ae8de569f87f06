import type { ScenarioEvent } from './scenario-event.ts';

/** Events on their way to whoever reads them: who tells one can wait until it has been read. */
export class EventQueue {
  readonly #events: { event: ScenarioEvent; read: () => void }[] = [];
  #wake = Promise.withResolvers<void>();
  #isOver = false;

  /** Resolves when the reader has come back for the next one. */
  put(event: ScenarioEvent): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#isOver) return Promise.resolve();
    this.#events.push({ event, read: resolve });
    this.#wake.resolve();
    return promise;
  }

  /** Nothing comes any more, and nobody has to wait for a reader. */
  end(): void {
    this.#isOver = true;
    this.#wake.resolve();
  }

  /** Reads until the end; what was told before it is read as well. */
  async *read(): AsyncGenerator<ScenarioEvent, void, undefined> {
    try {
      for (;;) {
        const next = this.#events.shift();
        if (next !== undefined) {
          try {
            yield next.event;
          } finally {
            // A reader that leaves here holds up nobody.
            next.read();
          }
        } else if (this.#isOver) return;
        else {
          await this.#wake.promise;
          this.#wake = Promise.withResolvers();
          if (this.#isOver) this.#wake.resolve();
        }
      }
    } finally {
      this.end();
      for (const { read } of this.#events.splice(0)) read();
    }
  }
}
