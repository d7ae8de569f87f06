import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes the blobs of one run. What is there already is asked of the file system, so nothing is kept in memory. */
export class BlobWriter {
  readonly #folder: string;
  readonly #fsync: boolean;

  /** @param fsync also wait for the disk, so that a power cut loses nothing */
  constructor(folder: string, fsync = false) {
    this.#folder = folder;
    this.#fsync = fsync;
  }

  /** Whether a file of that size is there under that hash; a link is none. */
  has(sha256: string, bytes: number): boolean {
    try {
      const there = lstatSync(join(this.#folder, sha256), { throwIfNoEntry: false });
      return there?.isFile() === true && there.size === bytes;
    } catch {
      return false;
    }
  }

  /**
   * Puts bytes on disk, private to the user, under their hash; whole or not at all, and once for all processes.
   *
   * @throws the file system's error
   */
  write(sha256: string, bytes: Uint8Array): void {
    if (this.has(sha256, bytes.length)) return;
    const path = join(this.#folder, sha256);
    this.#makeFolder();
    const temporary = `${path}.${randomUUID()}.tmp`;
    try {
      this.#create(temporary, bytes);
      // Takes the place of a symbolic link, too, instead of following it.
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  }

  /** The run's folder and the one in it must be real: a link would lead out of the log. */
  #makeFolder(): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    for (const folder of [dirname(this.#folder), this.#folder])
      if (!lstatSync(folder).isDirectory()) throw new Error(`${folder} is not a folder of its own`);
  }

  #create(path: string, bytes: Uint8Array): void {
    const fd = openSync(path, 'wx', 0o600);
    try {
      for (let done = 0; done < bytes.length; ) {
        const written = writeSync(fd, bytes, done);
        if (written === 0) throw new Error(`nothing more can be written to ${path}`);
        done += written;
      }
      if (this.#fsync) fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  }
}
