import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LogNotFoundError } from '../errors/log-not-found-error.ts';
import { NotALogError } from '../errors/not-a-log-error.ts';
import { RunNotFoundError } from '../errors/run-not-found-error.ts';
import { RunStillRunningError } from '../errors/run-still-running-error.ts';
import { UnsupportedVersionError } from '../errors/unsupported-version-error.ts';
import { isAlive } from '../journal/process-identity.ts';
import type { Resumed } from '../journal/run-journal-options.ts';
import { SCHEMA_VERSION } from '../schema/schema-version.ts';
import { LineSplitter } from './lines.ts';
import { locateRun } from './locate.ts';
import { readBeginning } from './read-beginning.ts';
import { readChunks } from './read-chunks.ts';
import { readHeader } from './read-header.ts';
import { ownersOf, resumeNumber } from './segment-paths.ts';
import { SummaryFold } from './summary-fold.ts';

/** What whoever continues a run has to know of what is on record. */
export interface Resumable extends Resumed {
  /** Whether what was said is on record; if it is not, the rest is written without it, too. */
  captureContent: boolean;
}

/**
 * Looks whether a run can be continued.
 *
 * @throws {RunNotFoundError} when there is none of that id
 * @throws {NotALogError} when only its tree is there
 * @throws {RunStillRunningError} when it has not ended and whoever owns it is alive
 * @throws {UnsupportedVersionError} when a newer version wrote it
 */
export async function prepareResume(dir: string, runId: string): Promise<Resumable> {
  const { journal, segments } = await locate(dir, runId);
  const owners = [journal, ...segments].slice(0, ownersOf([journal, ...segments]));
  const headers = await Promise.all(owners.map(readHeader));
  for (const [i, header] of headers.entries())
    if (header !== undefined && header.schema_version > SCHEMA_VERSION)
      throw new UnsupportedVersionError(owners[i] ?? journal, header.schema_version);
  const newest = headers.findLastIndex((header) => header !== undefined);
  const writer = headers[newest];
  if (writer !== undefined && isAlive(writer) && !(await hasEnded(owners[newest] ?? journal)))
    throw new RunStillRunningError(runId, writer);
  const sizes = await Promise.all([journal, ...segments].map(async (path) => (await stat(path)).size));
  return {
    number: (resumeNumber(owners.at(-1) ?? '') ?? 0) + 1,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    begun: readBeginning(owners) !== undefined,
    captureContent: headers.every((header) => header?.capture_content !== false),
  };
}

/** Who came first, when two want to continue a run at once. */
export async function whoResumes(dir: string, runId: string, number: number): Promise<RunStillRunningError> {
  const header = await readHeader(join(dir, runId, `resume-${number}.jsonl`)).catch(() => undefined);
  return new RunStillRunningError(runId, header);
}

async function locate(dir: string, runId: string): Promise<{ journal: string; segments: string[] }> {
  const path = join(dir, `${runId}.jsonl`);
  const { journal, tree, segments } = await locateRun(path).catch((error: unknown) => {
    throw error instanceof LogNotFoundError ? new RunNotFoundError(runId, dir) : error;
  });
  if (journal === undefined)
    throw new NotALogError(tree ?? path, 'a run is continued from its journal, and that is gone');
  return { journal, segments };
}

async function hasEnded(path: string): Promise<boolean> {
  const fold = new SummaryFold();
  const lines = new LineSplitter();
  await readChunks(path, (chunk) => {
    for (const line of lines.push(chunk)) fold.push(line);
  });
  fold.push(lines.rest());
  return fold.ended !== undefined;
}
