import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK = 256 * 1024;
/** Read before others get their turn: about two milliseconds of a disk. */
const CHUNKS_AT_ONCE = 8;

/**
 * Gives a file's bytes to `take`, a chunk at a time, each good until it returns. In one buffer and from this thread: a
 * stream would leave a trail of buffers as large as the file, and go to another thread for each.
 *
 * @throws file system errors
 */
export async function readChunks(path: string, take: (chunk: Buffer) => void): Promise<void> {
  const fd = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (let chunk = 1; ; chunk++) {
      const length = readSync(fd, buffer);
      if (length === 0) return;
      take(buffer.subarray(0, length));
      if (chunk % CHUNKS_AT_ONCE === 0) await new Promise(setImmediate);
    }
  } finally {
    closeSync(fd);
  }
}
