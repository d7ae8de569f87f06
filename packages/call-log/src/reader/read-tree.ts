import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { NotALogError } from '../errors/not-a-log-error.ts';
import { UnsupportedVersionError } from '../errors/unsupported-version-error.ts';
import { isAlive } from '../journal/process-identity.ts';
import { SCHEMA_VERSION } from '../schema/events.ts';
import { type RunTree, runTreeSchema } from '../schema/tree.ts';
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
  const { journal, tree } = await locateRun(path);
  return journal !== undefined ? readJournal(journal) : readSnapshot(tree ?? path);
}

async function readJournal(path: string): Promise<RunTree> {
  const fold = new JournalFold();
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) fold.push(chunk as Buffer);
  fold.end();
  const { segment } = fold.run;
  if (fold.run.events === 0) throw new NotALogError(path, 'no line of it is a record of a run');
  if (segment !== undefined && segment.schema_version > SCHEMA_VERSION)
    throw new UnsupportedVersionError(path, segment.schema_version);
  // Without its header, the rest of a damaged journal still counts; nobody can be writing it any more.
  const alive = segment !== undefined && isAlive(segment);
  return fold.run.tree({ alive, runId: basename(path, '.jsonl') });
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
  const parsed = runTreeSchema.safeParse(value);
  if (!parsed.success) throw new NotALogError(path, z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' '));
  return value as RunTree;
}
