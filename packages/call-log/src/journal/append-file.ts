import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file that only grows, written from the calling thread. */
export interface AppendFile {
  /** On disk (in the kernel's page cache, which survives the process) when this returns. @throws the file system's error */
  append(line: string): void;
  /** Bytes written. */
  readonly bytes: number;
  close(): void;
}

/**
 * Creates `path`, private to the user, and its folder. Fails with `EEXIST` when the file is there already.
 *
 * @param fsync also wait for the disk after every append, so that a power cut loses nothing
 */
export function createAppendFile(path: string, fsync = false): AppendFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fd = openSync(path, 'ax', 0o600);
  let bytes = 0;
  let torn = false;
  return {
    append(line) {
      // A line that broke off (disk full) is ended first, so that it spoils no other.
      const buffer = Buffer.from(torn ? `\n${line}\n` : `${line}\n`);
      for (let done = 0; done < buffer.length; ) {
        try {
          const written = writeSync(fd, buffer, done);
          done += written;
          bytes += written;
          torn = done < buffer.length;
        } catch (error) {
          if (isBusy(error)) continue;
          throw error;
        }
      }
      if (fsync) fsyncSync(fd);
    },
    get bytes() {
      return bytes;
    },
    close: () => closeSync(fd),
  };
}

function isBusy(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'EAGAIN' || code === 'EINTR';
}
