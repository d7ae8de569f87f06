import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LogNotFoundError } from '../errors/log-not-found-error.ts';
import { RunNotFoundError } from '../errors/run-not-found-error.ts';
import { type LocatedRun, locateRun } from './locate.ts';
import { readHeader } from './read-header.ts';
import { segmentPaths } from './segment-paths.ts';

/** A run that may be in a folder: at least one of its files is there. */
export interface FoundRun extends LocatedRun {
  /** What its files are called; the run's id, unless somebody has renamed them. */
  id: string;
}

/**
 * The runs of a folder by the names of their files, in the order of their ids; no file is opened.
 *
 * @throws {LogNotFoundError} when there is no such folder
 */
export async function findRuns(dir: string): Promise<FoundRun[]> {
  const runs = new Map<string, FoundRun>();
  const entries = await entriesOf(dir);
  const folders = new Set(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name));
  for (const entry of entries) {
    const [, id, extension] = /^(.+)\.(jsonl?)$/.exec(entry.name) ?? [];
    if (id === undefined || !(entry.isFile() || entry.isSymbolicLink())) continue;
    const run = runs.get(id) ?? {
      id,
      segments: folders.has(id) ? segmentPaths(join(dir, `${id}.jsonl`)) : [],
    };
    runs.set(id, { ...run, [extension === 'jsonl' ? 'journal' : 'tree']: join(dir, entry.name) });
  }
  return [...runs.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * The run that somebody means: its id, the beginning of its id when no other begins so, `latest`, or the path of
 * its journal or tree.
 *
 * @param dir where ids are looked for
 * @throws {RunNotFoundError} when it is none, or could be several
 * @throws {LogNotFoundError} when there is no such folder or no such file
 */
export async function findRun(given: string, dir: string): Promise<FoundRun> {
  if (/[/\\]|\.jsonl?$/.test(given)) return atPath(given, dir);
  const runs = await findRuns(dir);
  if (given === 'latest') return latest(runs, dir);
  const exact = runs.find(({ id }) => id === given);
  const [first, ...more] = exact ? [exact] : runs.filter(({ id }) => id.startsWith(given));
  if (first !== undefined && more.length === 0 && given !== '') return first;
  throw new RunNotFoundError(
    given,
    dir,
    [first, ...more].flatMap((run) => run?.id ?? []),
  );
}

async function atPath(path: string, dir: string): Promise<FoundRun> {
  const found = await locateRun(path).catch((error: unknown) => {
    if (!(error instanceof LogNotFoundError) || /[/\\]/.test(path)) throw error;
    return locateRun(join(dir, path));
  });
  return { id: basename(found.journal ?? found.tree ?? path).replace(/\.jsonl?$/, ''), ...found };
}

/** By the time in the header where there is one: an id need not sort by time. */
async function latest(runs: readonly FoundRun[], dir: string): Promise<FoundRun> {
  let best: { run: FoundRun; at: string } | undefined;
  for (const run of runs) {
    const at = await beganAt(run).catch(() => undefined);
    if (at !== undefined && (best === undefined || at >= best.at)) best = { run, at };
  }
  if (best === undefined) throw new RunNotFoundError('latest', dir);
  return best.run;
}

async function beganAt({ journal, tree }: FoundRun): Promise<string | undefined> {
  if (journal !== undefined) {
    const header = await readHeader(journal);
    if (header !== undefined) return header.at;
  }
  return (await stat(journal ?? tree ?? '')).birthtime.toISOString();
}

async function entriesOf(dir: string) {
  try {
    return await readdir(dir, { withFileTypes: true });
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new LogNotFoundError(dir, `there is no folder ${dir}: say where the logs are`);
  }
}
