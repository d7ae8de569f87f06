import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';

/** Bytes gathered before they are written. */
const BUFFER = 256 * 1024;

/** Where a text lies in a {@link SpillFile}; in bytes. */
export interface Place {
  offset: number;
  length: number;
}

/**
 * A temporary file for JSON that is finished and should not stay in memory. It has no name any more as soon as it is
 * open, so that nothing is left of it whatever happens to the process (on Windows, which does not allow that, it goes
 * with `close()`, or with the sweep of old temporary files).
 */
export class SpillFile {
  readonly #path: string;
  #fd: number | undefined;
  #written = 0;
  #buffer = Buffer.allocUnsafe(BUFFER);
  #buffered = 0;
  /** What is read goes here, because it is used at once: buffers of its own would pile up to the size of the file. */
  #result = Buffer.alloc(0);

  /** @param path created when it is first needed; private to the user, because it holds what the journal holds */
  constructor(path: string) {
    this.#path = path;
  }

  /** @throws the file system's error; what was appended before can still be read */
  append(text: string): Place {
    const length = Buffer.byteLength(text);
    const offset = this.#written + this.#buffered;
    if (length > BUFFER - this.#buffered) this.#flush();
    if (length > BUFFER) this.#write(Buffer.from(text));
    else this.#buffered += this.#buffer.write(text, this.#buffered);
    return { offset, length };
  }

  /** Good until the next read. @throws the file system's error, or Error when the file has become shorter */
  read({ offset, length }: Place): Buffer {
    if (length > this.#result.length) this.#result = Buffer.allocUnsafe(length);
    const bytes = this.#result.subarray(0, length);
    const inFile = Math.max(0, Math.min(length, this.#written - offset));
    for (let done = 0; done < inFile; ) {
      const got = readSync(this.#open(), bytes, done, inFile - done, offset + done);
      if (got === 0) throw new Error(`${this.#path} is shorter than what was written to it`);
      done += got;
    }
    const from = offset + inFile - this.#written;
    if (inFile < length) this.#buffer.copy(bytes, inFile, from, from + length - inFile);
    return bytes;
  }

  close(): void {
    if (this.#fd === undefined) return;
    closeSync(this.#fd);
    this.#fd = undefined;
    rmSync(this.#path, { force: true });
  }

  #open(): number {
    if (this.#fd === undefined) {
      this.#fd = openSync(this.#path, 'wx+', 0o600);
      try {
        rmSync(this.#path);
      } catch {
        // Windows; close() will.
      }
    }
    return this.#fd;
  }

  #flush(): void {
    this.#write(this.#buffer.subarray(0, this.#buffered));
    this.#buffered = 0;
  }

  #write(bytes: Buffer): void {
    const fd = this.#open();
    for (let done = 0; done < bytes.length; )
      done += writeSync(fd, bytes, done, bytes.length - done, this.#written + done);
    this.#written += bytes.length;
  }
}
