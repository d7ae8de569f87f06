import { stat } from 'node:fs/promises';
import { LogNotFoundError } from '../errors/log-not-found-error.ts';

/** The files of a run that are there. */
export interface LocatedRun {
  journal?: string;
  tree?: string;
}

/**
 * Finds the files of a run from either of them, or from their path without an extension.
 *
 * @throws {LogNotFoundError} when neither is there
 */
export async function locateRun(path: string): Promise<LocatedRun> {
  const base = path.replace(/\.jsonl?$/, '');
  const [journal, tree] = await Promise.all([isFile(`${base}.jsonl`), isFile(`${base}.json`)]);
  if (!journal && !tree) throw new LogNotFoundError(path);
  return { ...(journal && { journal: `${base}.jsonl` }), ...(tree && { tree: `${base}.json` }) };
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
