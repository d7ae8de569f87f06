/** Bytes that may wait here for their reader before the server is made to wait, as much as Node's own fetch holds. */
const HIGH_WATER_BYTES = 64 * 1024;

/** What a body needs of its connection. */
export interface Flow {
  pause(): void;
  resume(): void;
  /** Closes the connection: what is left of the reply is not wanted. */
  abort(reason: Error): void;
}

/** The bytes of a reply as they come, for one reader. Whoever reads slowly makes the server wait. */
export class ReplyBody implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #flow: Flow;
  readonly #onClose: () => void;
  #chunks: Uint8Array[] = [];
  /** Bytes in `#chunks`. */
  #waiting = 0;
  #paused = false;
  #closed = false;
  #failure: { error: unknown } | undefined;
  #wake: (() => void) | undefined;

  /** @param onClose told once, when nothing more will come or is wanted */
  constructor(flow: Flow, onClose: () => void) {
    this.#flow = flow;
    this.#onClose = onClose;
  }

  /** More has come. */
  push(chunk: Uint8Array): void {
    if (this.#closed) return;
    this.#chunks.push(chunk);
    this.#waiting += chunk.length;
    if (this.#waiting > HIGH_WATER_BYTES && !this.#paused) {
      this.#paused = true;
      this.#flow.pause();
    }
    this.#wake?.();
  }

  /** All has come. */
  end(): void {
    this.#close();
  }

  /** Nothing more will come; what is waiting here is not handed out either. */
  fail(error: unknown): void {
    if (this.#closed) return;
    this.#failure = { error };
    this.#chunks = [];
    this.#close();
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure.error;
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) {
        this.#taken(chunk.length);
        return { done: false, value: chunk };
      }
      if (this.#closed) return { done: true, value: undefined };
      await this.#more();
    }
  }

  /** The rest of it, in one piece. */
  async all(): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (;;) {
      const { done, value } = await this.next();
      if (done) break;
      parts.push(value);
    }
    const [first] = parts;
    return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
  }

  /** What is left is not wanted: the connection is closed, unless all has come already. */
  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (!this.#closed) {
      this.#chunks = [];
      this.#close();
      this.#flow.abort(new Error('the reader of the reply has left'));
    }
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #taken(bytes: number): void {
    this.#waiting -= bytes;
    if (!this.#paused || this.#waiting > HIGH_WATER_BYTES / 2) return;
    this.#paused = false;
    if (!this.#closed) this.#flow.resume();
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose();
    this.#wake?.();
  }
}
