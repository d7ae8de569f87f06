import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { UnreadableLogError } from '../errors/unreadable-log-error.ts';

/**
 * Reads what a gzip'd file holds, from a folder that is gone afterwards.
 *
 * @throws {UnreadableLogError} when it cannot be unpacked, or what is in it cannot be read
 */
export async function unpacked<T>(path: string, read: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'pd-visualizer-'));
  const file = join(folder, basename(path).replace(/\.gz$/, ''));
  try {
    await pipeline(createReadStream(path), createGunzip(), createWriteStream(file, { mode: 0o600 }));
    return await read(file);
  } catch (error) {
    throw told(error, file, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Nobody knows the file in the folder: what is said of it is said of the one that was given. */
function told(error: unknown, file: string, path: string): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code?.startsWith('Z_'))
    return new UnreadableLogError(path, `cannot be unpacked (${error.message}): is it whole?`, {
      cause: error,
    });
  if (!error.message.startsWith(file)) return error;
  return new UnreadableLogError(path, error.message.slice(file.length).trim(), { cause: error });
}
