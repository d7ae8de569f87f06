import { hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingBlobError } from '../errors/missing-blob-error.ts';
import type { BlobReference } from '../schema/blob-reference.ts';
import { blobFolder } from './blob-paths.ts';

/** A link would lead out of the log, and opening a pipe would wait for ever. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes that a reference stands for.
 *
 * @param run path of the run's journal or tree, or either without its extension
 * @throws {MissingBlobError} when they are not there, or have another hash
 */
export async function readBlob({ $blob: { sha256, bytes } }: BlobReference, run: string): Promise<Buffer> {
  const path = join(blobFolder(run), sha256);
  const content = await read(path, bytes);
  if (hash('sha256', content, 'hex') !== sha256) throw new MissingBlobError(path, 'has been altered');
  return content;
}

async function read(path: string, bytes: number): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, FLAGS);
    const stats = await file.stat();
    if (!stats.isFile() || stats.size !== bytes) throw new MissingBlobError(path, 'has been altered');
    return await file.readFile();
  } catch (cause) {
    if (MissingBlobError.isInstance(cause)) throw cause;
    throw new MissingBlobError(path, `cannot be read (${(cause as Error).message})`, { cause });
  } finally {
    await file?.close();
  }
}
