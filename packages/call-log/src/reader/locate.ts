import { stat } from 'node:fs/promises';
import { LogNotFoundError } from '../errors/log-not-found-error.ts';
import { segmentPaths } from './segment-paths.ts';

/** The files of a run that are there. */
export interface LocatedRun {
  /** The root segment. */
  journal?: string;
  tree?: string;
  /** Segments of other processes, oldest first. */
  segments: string[];
}

/**
 * Finds the files of a run from either of them, or from their path without an extension.
 *
 * @throws {LogNotFoundError} when there is nothing of it
 */
export async function locateRun(path: string): Promise<LocatedRun> {
  const base = path.replace(/\.jsonl?$/, '');
  const [journal, tree] = await Promise.all([isFile(`${base}.jsonl`), isFile(`${base}.json`)]);
  const segments = segmentPaths(`${base}.jsonl`);
  if (!journal && !tree && segments.length === 0) throw new LogNotFoundError(path);
  return {
    ...(journal && { journal: `${base}.jsonl` }),
    ...(tree && { tree: `${base}.json` }),
    segments,
  };
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
