/** Cuts bytes into lines at `\n`, whatever the chunks they come in; keeps the unfinished rest. */
export class LineSplitter {
  #rest: Buffer[] = [];

  /** The lines that `chunk` completes, without their `\n`. */
  *push(chunk: Buffer): Generator<string> {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      yield this.#take(chunk.subarray(start, end));
      start = end + 1;
    }
    // Copied, because the caller may use its buffer again.
    if (start < chunk.length) this.#rest.push(Buffer.from(chunk.subarray(start)));
  }

  /** What stands after the last `\n`; a torn line, if anything. */
  rest(): string {
    return this.#take(Buffer.alloc(0));
  }

  #take(tail: Buffer): string {
    if (this.#rest.length === 0) return tail.toString('utf8');
    const line = Buffer.concat([...this.#rest, tail]).toString('utf8');
    this.#rest = [];
    return line;
  }
}
