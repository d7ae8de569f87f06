import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { UsageError } from './options.ts';

/**
 * Makes the folder if need be. The log itself would go on without a disk; a demo of a log should not.
 *
 * @throws {UsageError} when nothing can be written there
 */
export async function checkLogDir(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.W_OK);
    return path;
  } catch (error) {
    throw new UsageError(`nothing can be written to ${path}: ${(error as Error).message.split(',')[0]}`);
  }
}
