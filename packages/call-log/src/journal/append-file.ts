import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** A file that only grows, written from the calling thread. */
export interface AppendFile {
  /** On disk (in the kernel's page cache, which survives the process) when this returns. @throws the file system's error */
  append(line: string): void;
  /** Bytes written. */
  readonly bytes: number;
  /** Whether somebody has deleted it while it was open, so that what is appended reaches nobody. */
  isDeleted(): boolean;
  /** Gives the descriptor back; a later append opens the file again. */
  close(): void;
}

/** Lines are encoded here, because making a buffer for each takes as long as writing it. Enough for most. */
const scratch = Buffer.allocUnsafeSlow(64 * 1024);
/** Bytes of a UTF-16 unit in UTF-8, at most. */
const UTF8_BYTES = 3;

/** What `link` says where it cannot be done. @see link(2) */
const NO_LINKS: ReadonlySet<string> = new Set([
  'EPERM',
  'ENOSYS',
  'ENOTSUP',
  'EOPNOTSUPP',
  'EMLINK',
  'EXDEV',
]);

// Without O_CREAT: a journal that was deleted must not come back as one without a beginning.
const EXISTING = constants.O_WRONLY | constants.O_APPEND;

/**
 * Creates `path`, private to the user, and its folder. Fails with `EEXIST` from `open` when the file is there already.
 *
 * @param fsync also wait for the disk after every append, so that a power cut loses nothing
 */
export function createAppendFile(path: string, fsync = false): AppendFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return appendFile(path, openSync(path, 'ax', 0o600), fsync);
}

/**
 * As {@link createAppendFile}; the file appears with its first line in it, so that whoever sees it can tell whose it is. Fails
 * with `EEXIST` from `link` when it is there already.
 */
export function createAppendFileWith(line: string, path: string, fsync = false): AppendFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`;
  const fd = openSync(temporary, 'ax', 0o600);
  const file = appendFile(path, fd, fsync);
  try {
    file.append(line);
    linkSync(temporary, path);
    return file;
  } catch (error) {
    file.close();
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    // A file system without hard links: whoever looks between the two steps sees an empty file.
    const plain = createAppendFile(path, fsync);
    plain.append(line);
    return plain;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** @param opened its descriptor, with nothing written through it */
function appendFile(path: string, opened: number, fsync: boolean): AppendFile {
  let fd: number | undefined = opened;
  let bytes = 0;
  let torn = false;
  return {
    append(line) {
      fd ??= openSync(path, EXISTING);
      // A line that broke off (disk full) is ended first, so that it spoils no other.
      const text = torn ? `\n${line}\n` : `${line}\n`;
      const fits = text.length * UTF8_BYTES <= scratch.length;
      const encoded = fits ? scratch : Buffer.from(text);
      const length = fits ? scratch.write(text) : encoded.length;
      for (let done = 0; done < length; ) {
        const written = writeSync(fd, encoded, done, length - done);
        if (written === 0) throw new Error(`nothing more can be written to ${path}`);
        done += written;
        bytes += written;
        torn = done < length;
      }
      if (fsync) fsyncSync(fd);
    },
    isDeleted() {
      // A file without a name; where the file system does not count names, by its path.
      return fd !== undefined && fstatSync(fd).nlink === 0 && !lstatSync(path, { throwIfNoEntry: false });
    },
    get bytes() {
      return bytes;
    },
    close() {
      if (fd === undefined) return;
      const open = fd;
      fd = undefined;
      closeSync(open);
    },
  };
}
