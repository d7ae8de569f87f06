import { basename } from 'node:path';
import { NotALogError } from '../errors/not-a-log-error.ts';
import { UnsupportedVersionError } from '../errors/unsupported-version-error.ts';
import { isAlive } from '../journal/process-identity.ts';
import { SCHEMA_VERSION } from '../schema/schema-version.ts';
import type { RunFold } from '../tree/run-fold.ts';
import type { SpillFile } from '../tree/spill-file.ts';
import type { TreeOutline } from '../tree/tree-outline.ts';
import { foldSegments } from './fold-segments.ts';
import { JournalFold } from './journal-fold.ts';
import { readChunks } from './read-chunks.ts';

/**
 * Folds the segments of a run.
 *
 * @param paths the root first
 * @param path what the run is called where it is told of, and where its header is lost
 * @param spill where finished calls go; without it everything is in memory
 * @throws {NotALogError} when they hold no record of a run
 * @throws {UnsupportedVersionError} when a newer version wrote them
 */
export async function foldRun(
  paths: readonly string[],
  path: string,
  spill?: SpillFile,
): Promise<TreeOutline> {
  const [first, ...more] = paths;
  const fold =
    first !== undefined && more.length === 0 ? await foldOne(first, spill) : await foldAll(paths, spill);
  if (fold.events === 0) throw new NotALogError(path, 'no line of it is a record of a run');
  if (fold.version > SCHEMA_VERSION) throw new UnsupportedVersionError(path, fold.version);
  // Without its header, the rest of a damaged journal still counts; nobody can be writing it any more.
  return fold.outline({
    alive: (header) => header !== undefined && isAlive(header),
    runId: basename(path).replace(/\.jsonl?$/, ''),
  });
}

async function foldOne(path: string, spill?: SpillFile): Promise<RunFold> {
  const fold = new JournalFold(spill);
  await readChunks(path, (chunk) => fold.push(chunk));
  fold.end();
  return fold.run;
}

async function foldAll(paths: readonly string[], spill?: SpillFile): Promise<RunFold> {
  const steps = foldSegments(paths, spill);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await new Promise(setImmediate);
  }
}
