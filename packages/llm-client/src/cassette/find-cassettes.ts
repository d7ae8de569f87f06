import { stat } from 'node:fs/promises';
import { findRuns, locateRun } from '@pd/call-log/reader';
import { EmptyCassetteError } from '../errors/empty-cassette-error.ts';

/**
 * The runs that a path means: the run itself, or all of a folder, in the order of their ids.
 *
 * @throws {EmptyCassetteError} for a folder without runs
 * @throws what `locateRun` throws when there is nothing
 */
export async function findCassettes(path: string): Promise<string[]> {
  const bare = path.replace(/(?<=.)[/\\]+$/, '');
  if (!(await isFolder(bare))) {
    const { journal = path } = await locateRun(path);
    return [journal];
  }
  // Beside its journal a run may have a folder of the same name.
  const { journal, tree } = await locateRun(bare).catch(() => ({ journal: undefined, tree: undefined }));
  const run = journal ?? tree;
  if (run !== undefined) return [run];
  const runs = (await findRuns(bare)).flatMap((each) => each.journal ?? each.tree ?? []);
  if (runs.length === 0) throw new EmptyCassetteError(path);
  return runs;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
