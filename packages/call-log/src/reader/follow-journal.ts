import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../journal/process-identity.ts';
import type { RecordedEventOf } from '../schema/events.ts';
import { LineSplitter } from './lines.ts';
import { type ParsedLine, parseLine } from './parse-line.ts';

/** A line of a journal with its number, counted from 1. */
export type JournalLine = ParsedLine & { number: number };

export interface FollowOptions {
  /** Goes on reading what is written until the run ends or its process is gone; default: stops at the end of the file. */
  follow?: boolean;
  /** How often a file that has not grown is looked at again; default 100. */
  pollMs?: number;
  /** Ends the iteration. */
  signal?: AbortSignal;
}

/** The lines of a journal in order, each as soon as it is whole. A last line that stays torn is `damaged`. */
export async function* followJournal(
  path: string,
  { follow = false, pollMs = 100, signal }: FollowOptions = {},
): AsyncGenerator<JournalLine, void, void> {
  const file = await open(path, 'r');
  const buffer = Buffer.allocUnsafe(256 * 1024);
  const lines = new LineSplitter();
  let header: RecordedEventOf<'segment.start'> | undefined;
  let ended = false;
  let lastLook = !follow;
  let number = 0;
  try {
    while (!signal?.aborted) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      for (const text of lines.push(buffer.subarray(0, bytesRead))) {
        number++;
        if (text === '') continue;
        const line = parseLine(text);
        if (line.kind === 'event' && line.event.type === 'segment.start') header ??= line.event;
        if (line.kind === 'event' && line.event.type === 'run.end') ended = true;
        yield { ...line, number };
      }
      if (bytesRead > 0) continue;
      if (ended || lastLook) break;
      // Once more after its process is gone or its file deleted: it may have written between the look and the question.
      lastLook = header === undefined || !isAlive(header) || (await file.stat()).nlink === 0;
      if (!lastLook) await sleep(pollMs, undefined, { signal }).catch(() => {});
    }
    const rest = lines.rest();
    if (rest !== '' && !signal?.aborted) yield { ...parseLine(rest), number: number + 1 };
  } finally {
    await file.close();
  }
}
