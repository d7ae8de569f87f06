import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { findReferences } from '../blob/find-references.ts';

/** UTF-16 units gathered before they are written. */
const CHUNK = 256 * 1024;

/** A segment that is written at once, by who has all of it; numbers its records and notes the blobs they refer to. */
export class LineFile {
  /** SHA-256 of the blobs that are referred to. */
  readonly blobs = new Set<string>();
  readonly #fd: number;
  #open = true;
  #seq = 0;
  #text = '';

  /** Private to the user. A file of that name is replaced. */
  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#fd = openSync(path, 'w', 0o600);
  }

  write(record: object): void {
    const { seq: _, ...rest } = record as { seq?: unknown };
    const line = `${JSON.stringify({ seq: this.#seq++, ...rest })}\n`;
    // Most lines have none, and in JSON nothing else looks like this key.
    if (line.includes('"$blob"'))
      for (const { $blob } of findReferences(record)) this.blobs.add($blob.sha256);
    this.#text += line;
    if (this.#text.length > CHUNK) this.#flush();
  }

  /** Calling it again does nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      this.#flush();
    } finally {
      closeSync(this.#fd);
    }
  }

  #flush(): void {
    const bytes = Buffer.from(this.#text);
    this.#text = '';
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#fd, bytes, done);
  }
}
