import type { RecordedEventOf } from '../schema/events.ts';
import { locateRun } from './locate.ts';
import { readBeginning } from './read-beginning.ts';

/**
 * What a run says of itself at its beginning: its name and its metadata. Reads the first lines only, however long the run is.
 *
 * @param path a journal (`.jsonl`), a tree (`.json`), or either without its extension
 * @returns `undefined` when it is not where it is to be: the journal is gone, or its beginning is damaged
 * @throws {LogNotFoundError} when there is nothing of the run
 */
export async function readRunStart(path: string): Promise<RecordedEventOf<'run.start'> | undefined> {
  const { journal, segments } = await locateRun(path);
  return journal === undefined ? undefined : readBeginning([journal, ...segments]);
}
