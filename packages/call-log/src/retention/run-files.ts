import { lstat, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../journal/process-identity.ts';
import { type FoundRun, findRuns } from '../reader/find-runs.ts';
import { readHeader } from '../reader/read-header.ts';
import { ownersOf } from '../reader/segment-paths.ts';
import { summariseRun } from '../reader/summarise-run.ts';
import type { PruneCandidate } from './plan-prune.ts';

/** A run of a folder with everything that belongs to it. */
export interface StoredRun extends PruneCandidate, FoundRun {
  /** Files and folders, journal last, so that a deletion that is cut short leaves what the others can be built from. */
  paths: string[];
}

/** The runs of a folder that are surely ours, and the names of files that may look like runs and are not. */
export async function scanRuns(dir: string): Promise<{ runs: StoredRun[]; strangers: string[] }> {
  const runs: StoredRun[] = [];
  const strangers: string[] = [];
  const names = new Set(await readdir(dir).catch(() => []));
  for (const found of await findRuns(dir)) {
    const ours = { journal: await isOurJournal(found), tree: await isOurTree(found) };
    if (!ours.journal && !ours.tree) {
      strangers.push(found.id);
      continue;
    }
    const page = `${found.id}.html`;
    const paths = [
      ...(names.has(page) ? [join(dir, page)] : []),
      ...(names.has(found.id) && (await isRunFolder(join(dir, found.id))) ? [join(dir, found.id)] : []),
      ...(ours.tree && found.tree ? [found.tree] : []),
      ...(ours.journal && found.journal ? [found.journal] : []),
    ];
    const bytes = (await Promise.all(paths.map(sizeOf))).reduce((sum, size) => sum + size, 0);
    const written = await Promise.all([paths.at(-1) ?? dir, ...found.segments].map((path) => lstat(path)));
    const writtenAt = Math.max(...written.map(({ mtimeMs }) => mtimeMs));
    runs.push({ ...found, paths, bytes, writtenAt, running: await isRunning(found) });
  }
  return { runs, strangers };
}

/** Deletes a run, unless it has come to life. Returns whether it is gone. */
export async function removeRun(run: StoredRun): Promise<boolean> {
  if (await isRunning(run)) return false;
  for (const path of run.paths) await rm(path, { recursive: true, force: true });
  return true;
}

async function isRunning(run: FoundRun): Promise<boolean> {
  const paths = [run.journal ?? [], run.segments].flat();
  const headers = await Promise.all(paths.map(readHeader));
  const alive = headers.map((header) => header !== undefined && isAlive(header));
  const owners = run.journal === undefined ? 0 : ownersOf(paths);
  // Its process lives, but the run may be over; another process that has joined it may still write.
  const isOwned = alive.slice(0, owners).includes(true);
  return alive.slice(owners).includes(true) || (isOwned && (await summariseRun(run)).status === 'running');
}

async function isOurJournal({ id, journal, segments }: FoundRun): Promise<boolean> {
  if (journal === undefined) return false;
  const paths = [journal, ...segments];
  // The first that is there: a process may have been killed before its header was whole.
  for (const path of paths.slice(0, ownersOf(paths))) {
    const header = await readHeader(path);
    if (header !== undefined) return header.run_id === id;
  }
  return false;
}

/** Trees are written with these two first. */
async function isOurTree({ id, tree }: FoundRun): Promise<boolean> {
  if (tree === undefined) return false;
  const file = await open(tree, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0);
    const [, named] = /^\{\s*"schema_version":\s*\d+,\s*"run":\s*\{\s*"id":\s*"([^"]+)"/.exec(
      buffer.toString('utf8', 0, bytesRead),
    ) ?? [''];
    return named === id;
  } finally {
    await file.close();
  }
}

/** A folder that happens to be called like a run, such as `src`, holds other things than segments and blobs. */
async function isRunFolder(path: string): Promise<boolean> {
  if (!(await lstat(path)).isDirectory()) return false;
  const entries = await readdir(path, { withFileTypes: true });
  return entries.every((entry) =>
    entry.isDirectory()
      ? entry.name === 'blobs'
      : entry.isFile() && /\.jsonl(\.[\w.]+\.tmp)?$/.test(entry.name),
  );
}

async function sizeOf(path: string): Promise<number> {
  const stats = await lstat(path);
  if (!stats.isDirectory()) return stats.size;
  const entries = await readdir(path);
  const sizes = await Promise.all(entries.map((name) => sizeOf(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
