import { rmSync } from 'node:fs';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OutputError } from '../errors/output-error.ts';
import { type Content, chunksOf } from './content.ts';

/** Writes files as wholes. */
export interface FileWriter {
  /**
   * Writes all of it or nothing: beside its place first, then there. What is no file, such as a pipe, is written to directly.
   * New files are private, as the log is that they show; others keep who may read them.
   *
   * @throws {OutputError} when it cannot be written
   */
  write(path: string, content: Content): Promise<void>;
  /** Takes away what is half written; for when the process ends. */
  cleanUp(): void;
}

export function createFileWriter(): FileWriter {
  const unfinished = new Set<string>();
  return {
    async write(path, content) {
      try {
        // A link stays one.
        const target = await realpath(path).catch(() => path);
        const there = await stat(target).catch(() => undefined);
        if (there !== undefined && !there.isFile() && !there.isDirectory())
          await fill(await open(target, 'w'), content);
        else if (there?.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
        else await replace(target, there === undefined ? 0o600 : there.mode & 0o777, content);
      } catch (error) {
        throw isSystemError(error) ? new OutputError(path, error) : error;
      }
    },
    cleanUp() {
      for (const path of unfinished) rmSync(path, { force: true });
    },
  };

  async function replace(target: string, mode: number, content: Content): Promise<void> {
    const temporary = join(dirname(target), `.pd-visualizer-${process.pid}-${unfinished.size}.tmp`);
    unfinished.add(temporary);
    try {
      await rm(temporary, { force: true });
      const file = await open(temporary, 'wx', mode);
      await fill(file, content);
      await rename(temporary, target);
    } finally {
      await rm(temporary, { force: true });
      unfinished.delete(temporary);
    }
  }
}

async function fill(file: FileHandle, content: Content): Promise<void> {
  try {
    for await (const chunk of chunksOf(content)) await file.writeFile(chunk);
  } finally {
    await file.close();
  }
}

/** As Node names what the operating system says: `ENOSPC`, not `ERR_…` of its own or a code of ours. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && /^E[A-Z0-9]+$/.test((error as NodeJS.ErrnoException).code ?? '');
}
