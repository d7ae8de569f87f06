import { createInterface, type Interface } from 'node:readline';

/** Lines that a person types, or that were piped in; `undefined` when there are no more. */
export class TerminalLines {
  readonly #input: NodeJS.ReadableStream;
  readonly #output: NodeJS.WritableStream;
  readonly #lines: string[] = [];
  #reader: Interface | undefined;
  #isClosed = false;
  #wake: () => void = () => {};
  #last: Promise<unknown> = Promise.resolve();

  constructor(input: NodeJS.ReadableStream, output: NodeJS.WritableStream) {
    this.#input = input;
    this.#output = output;
  }

  /**
   * Asks for one line. Who asks while another question is open waits for its answer.
   *
   * @throws the signal's reason; the line that is typed then is the answer to the next question
   */
  next(prompt: string, signal: AbortSignal | undefined): Promise<string | undefined> {
    const answer = this.#last.then(() => this.#ask(prompt, signal));
    this.#last = answer.catch(() => {});
    return answer;
  }

  async #ask(prompt: string, signal: AbortSignal | undefined): Promise<string | undefined> {
    signal?.throwIfAborted();
    const reader = this.#open();
    this.#output.write(prompt);
    if (!this.#isClosed) reader.resume();
    const wake = () => this.#wake();
    signal?.addEventListener('abort', wake, { once: true });
    try {
      while (this.#lines.length === 0 && !this.#isClosed) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        signal?.throwIfAborted();
      }
      return this.#lines.shift();
    } finally {
      signal?.removeEventListener('abort', wake);
      // Nobody is asked, so the input must not keep the process alive.
      if (!this.#isClosed) reader.pause();
    }
  }

  close(): void {
    this.#reader?.close();
  }

  /** One reader for all questions: each would take lines from the input that the next one misses. */
  #open(): Interface {
    if (this.#reader !== undefined) return this.#reader;
    const reader = createInterface({ input: this.#input, terminal: false });
    reader.on('line', (line) => {
      this.#lines.push(line);
      this.#wake();
    });
    reader.on('close', () => {
      this.#isClosed = true;
      this.#wake();
    });
    this.#reader = reader;
    return reader;
  }
}
