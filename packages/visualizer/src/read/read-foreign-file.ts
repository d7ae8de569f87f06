import { readForeignRuns } from '@pd/call-log/import';
import { UnreadableLogError } from '../errors/unreadable-log-error.ts';
import type { ReadFile } from './read-log-file.ts';

/**
 * Reads a conversation or OTLP/JSON.
 *
 * @param refused what the reader of logs has said of the file
 * @throws {UnreadableLogError} when it is neither, or holds several runs
 */
export async function readForeignFile(path: string, refused?: unknown): Promise<ReadFile> {
  if (refused !== undefined && codeOf(refused) !== 'not_a_log') throw tooLarge(path, refused);
  const { trees, notes, isConversation } = await readForeignRuns(path).catch((error: unknown) => {
    throw notRead(path, error, refused);
  });
  const [tree, ...more] = trees;
  if (tree === undefined || more.length > 0)
    throw new UnreadableLogError(
      path,
      `holds ${trees.length} runs: make logs of them with "call-log import", then choose one`,
    );
  const noTimes = 'a conversation has no times, every turn is shown a second after the one before';
  return { tree, notes: [...notes, ...(isConversation ? [noTimes] : [])] };
}

function notRead(path: string, error: unknown, refused: unknown): unknown {
  if (!(error instanceof Error) || codeOf(error) !== 'import_failed') return tooLarge(path, error);
  const why = reason(error.message);
  if (why.startsWith('it is a run already'))
    return (
      refused ?? new UnreadableLogError(path, 'is a log by another name: call it <run>.jsonl or <run>.json')
    );
  // Of what is not even JSON, the reader of logs knows more.
  if (refused !== undefined && path.endsWith('.json') && why.startsWith('it is neither JSON')) return refused;
  return new UnreadableLogError(
    path,
    `is no log of a run: ${why}: give <run>.jsonl or <run>.json as @pd/call-log writes them`,
    { cause: refused ?? error },
  );
}

/** What follows the path and the verdict. */
function reason(message: string): string {
  return message.slice(message.indexOf(': ') + 2);
}

/** Node reads no more than 2 GiB at once and has no string above 512 MiB; a journal is read line by line. */
function tooLarge(path: string, error: unknown): unknown {
  if (!['ERR_FS_FILE_TOO_LARGE', 'ERR_STRING_TOO_LONG'].includes(codeOf(error) ?? '')) return error;
  const why = path.endsWith('.jsonl')
    ? 'has a line of more than 512 MiB, which no log has'
    : 'is too large to be read at once: give the journal, <run>.jsonl, which is read line by line';
  return new UnreadableLogError(path, why, { cause: error });
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
