/** Milliseconds between two pieces: faster than people read, slower than tokens come. */
const EVERY_MS = 100;

/**
 * Gathers the text of a stream and tells it in pieces, for `call.progress`, so that a token costs no more than being
 * appended to a string. What is left when the stream ends is not told, because `call.end` has it all.
 */
export class ProgressPieces {
  readonly #tell: (text: string) => void;
  readonly #everyMs: number;
  #text = '';
  #timer: NodeJS.Timeout | undefined;

  /** @param tell given each piece; must not throw */
  constructor(tell: (text: string) => void, everyMs = EVERY_MS) {
    this.#tell = tell;
    this.#everyMs = everyMs;
  }

  push(text: string): void {
    this.#text += text;
    // A timer of its own rather than the next token, which may never come. It holds no process.
    this.#timer ??= setTimeout(() => this.#pass(), this.#everyMs).unref();
  }

  /** The stream is over. */
  end(): void {
    clearTimeout(this.#timer);
    this.#text = '';
  }

  #pass(): void {
    this.#timer = undefined;
    const text = this.#text;
    this.#text = '';
    if (text !== '') this.#tell(text);
  }
}
