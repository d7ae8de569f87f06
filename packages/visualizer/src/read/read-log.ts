import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FoundRun, findRun } from '@pd/call-log/reader';
import { UnreadableLogError } from '../errors/unreadable-log-error.ts';
import type { Log } from './log.ts';
import { logNotes } from './log-notes.ts';
import { readLogFile } from './read-log-file.ts';

/** What a name may end with; the rest is what a picture of it is called. */
const EXTENSION = /(?:\.jsonl?)?(?:\.gz)?$/;

/**
 * Reads whatever somebody means by a log: the path of a journal, a tree, a conversation or OTLP/JSON (gzip'd or not), of
 * a run without its extension, a run's id, the beginning of one, or `latest`.
 *
 * @param dir where ids are looked for
 * @throws {UnreadableLogError} when it is no log; says what it is instead
 * @throws {CallLogError} what the reader of `@pd/call-log` has to say
 */
export async function readLog(given: string, dir: string): Promise<Log> {
  const there = await stat(given).catch(() => undefined);
  if (there?.isFile()) {
    const base = given.replace(EXTENSION, '');
    const { tree, notes } = await readLogFile(given);
    return {
      tree,
      base,
      files: [given, `${base}.json`, `${base}.jsonl`],
      notes: [...notes, ...logNotes(tree)],
    };
  }
  const run = await locate(given, dir, there?.isDirectory() === true);
  const path = run.journal ?? run.tree ?? `${join(dir, run.id)}.jsonl`;
  const base = path.replace(EXTENSION, '');
  const { tree, notes } = await readLogFile(path);
  return {
    tree,
    base,
    files: [`${base}.json`, `${base}.jsonl`, ...run.segments],
    notes: [...notes, ...logNotes(tree)],
  };
}

async function locate(given: string, dir: string, isFolder: boolean): Promise<FoundRun> {
  const beside = [`${given}.jsonl`, `${given}.json`];
  for (const path of beside)
    if ((await stat(path).catch(() => undefined))?.isFile()) return findRun(path, dir);
  if (isFolder)
    throw new UnreadableLogError(
      given,
      'is a folder: give a run of it by its path, or by its id or "latest" with --dir',
    );
  return findRun(given, dir).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'log_not_found' || !/[/\\]|\.jsonl?$/.test(given))
      throw error;
    // The path that was given, not the one where it was looked for last.
    throw new UnreadableLogError(given, 'is not there: give a journal (<run>.jsonl) or a tree (<run>.json)', {
      cause: error,
    });
  });
}
