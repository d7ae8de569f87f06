import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { NotALogError } from '../errors/not-a-log-error.ts';
import { UnsupportedVersionError } from '../errors/unsupported-version-error.ts';
import { isAlive } from '../journal/process-identity.ts';
import { SCHEMA_VERSION } from '../schema/schema-version.ts';
import type { RunTree } from '../schema/tree.ts';
import type { RunFold } from '../tree/run-fold.ts';
import { checkTree } from './check-tree.ts';
import { foldSegments } from './fold-segments.ts';
import { JournalFold } from './journal-fold.ts';
import { locateRun } from './locate.ts';

/**
 * The tree of a run, whatever state its files are in: folded from the journal wherever there is one,
 * because a snapshot may be stale; from the snapshot alone otherwise. Calls without an ending are `open`
 * while their process lives and `interrupted` when it does not.
 *
 * @param path a journal (`.jsonl`), a tree (`.json`), or either without its extension
 * @throws {LogNotFoundError} when there is neither
 * @throws {NotALogError} when the file holds no run
 * @throws {UnsupportedVersionError} when a newer version wrote it
 */
export async function readTree(path: string): Promise<RunTree> {
  const { journal, tree, segments } = await locateRun(path);
  const written = journal === undefined ? segments : [journal, ...segments];
  return written.length > 0 ? readJournal(written, journal ?? path) : readSnapshot(tree ?? path);
}

async function readJournal(paths: readonly string[], path: string): Promise<RunTree> {
  const [first, ...more] = paths;
  const fold = first !== undefined && more.length === 0 ? await foldOne(first) : await foldAll(paths);
  const { segment } = fold;
  if (fold.events === 0) throw new NotALogError(path, 'no line of it is a record of a run');
  if (segment !== undefined && segment.schema_version > SCHEMA_VERSION)
    throw new UnsupportedVersionError(path, segment.schema_version);
  // Without its header, the rest of a damaged journal still counts; nobody can be writing it any more.
  return fold.tree({
    alive: (header) => header !== undefined && isAlive(header),
    runId: basename(path).replace(/\.jsonl?$/, ''),
  });
}

async function foldOne(path: string): Promise<RunFold> {
  const fold = new JournalFold();
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) fold.push(chunk as Buffer);
  fold.end();
  return fold.run;
}

async function foldAll(paths: readonly string[]): Promise<RunFold> {
  const steps = foldSegments(paths);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await new Promise(setImmediate);
  }
}

async function readSnapshot(path: string): Promise<RunTree> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new NotALogError(path, `it is not JSON (${error.message})`, { cause: error });
  }
  const version = (value as { schema_version?: unknown } | null)?.schema_version;
  if (typeof version === 'number' && version > SCHEMA_VERSION)
    throw new UnsupportedVersionError(path, version);
  const problem = checkTree(value);
  if (problem !== undefined) throw new NotALogError(path, problem);
  return value as RunTree;
}
