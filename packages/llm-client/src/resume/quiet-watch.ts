/** Into so many parts the quiet time is divided, so that one long block of the event loop is not taken for silence. */
const LOOKS = 4;

interface Waiter {
  resolve(): void;
  reject(error: unknown): void;
  /** The error that it gets when the program has gone quiet. */
  toError(): unknown;
}

/**
 * Holds new work back while a program that is done again still asks for what is on record, and tells when it no longer
 * does although there is something left.
 */
export class QuietWatch {
  readonly #quietMs: number;
  readonly #waiting = new Set<Waiter>();
  #remaining: number;
  #timer: NodeJS.Timeout | undefined;
  /** How often in a row there was nothing new. */
  #looks = 0;
  #isOver: boolean;

  /** @param remaining how many things on record have to be asked for */
  constructor(remaining: number, quietMs: number) {
    this.#remaining = remaining;
    this.#quietMs = quietMs;
    this.#isOver = remaining === 0;
  }

  get remaining(): number {
    return this.#remaining;
  }

  /** Something on record was asked for. @param isAwaited whether it is one of those that have to be */
  asked(isAwaited: boolean): void {
    this.#looks = 0;
    if (!isAwaited || --this.#remaining > 0) return;
    // What the program does with the last answer, such as ending other calls, it does before anything new is sent.
    setImmediate(() => {
      this.#isOver = true;
      for (const { resolve } of this.#waiting) resolve();
    });
  }

  /** @throws the signal's reason; what `toError` makes when nothing has been asked for during the quiet time */
  async wait(toError: () => unknown, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#isOver) return;
    if (this.#looks >= LOOKS) throw toError();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter = { resolve, reject, toError };
    const onAbort = () => reject(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#waiting.add(waiter);
    this.#look();
    try {
      await promise;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.#waiting.delete(waiter);
      if (this.#waiting.size === 0) this.#stop();
    }
  }

  #look(): void {
    if (this.#timer !== undefined || this.#quietMs === Number.POSITIVE_INFINITY) return;
    this.#looks = 0;
    this.#timer = setInterval(() => {
      if (++this.#looks < LOOKS) return;
      for (const { reject, toError } of this.#waiting) reject(toError());
    }, this.#quietMs / LOOKS);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
