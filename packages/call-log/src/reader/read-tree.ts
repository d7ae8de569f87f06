import { readFile } from 'node:fs/promises';
import { NotALogError } from '../errors/not-a-log-error.ts';
import { UnsupportedVersionError } from '../errors/unsupported-version-error.ts';
import { SCHEMA_VERSION } from '../schema/schema-version.ts';
import type { RunTree } from '../schema/tree.ts';
import { toTree } from '../tree/tree-outline.ts';
import { checkTree } from './check-tree.ts';
import { foldRun } from './fold-run.ts';
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
  return written.length > 0 ? toTree(await foldRun(written, journal ?? path)) : readSnapshot(tree ?? path);
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
