import { stat } from 'node:fs/promises';
import { readTree } from '@pd/call-log/reader';
import type { RunTree } from '@pd/call-log/schema';
import { UnreadableLogError } from '../errors/unreadable-log-error.ts';
import { readForeignFile } from './read-foreign-file.ts';
import { sniffFile } from './sniff-file.ts';
import { unpacked } from './unpacked.ts';

/** What could be read of a file. */
export interface ReadFile {
  tree: RunTree;
  notes: readonly string[];
}

/** Reads a file by what it holds. @throws as `readLog()` */
export async function readLogFile(path: string): Promise<ReadFile> {
  // Of a run that several processes wrote, the first part may be the one that is lost.
  if ((await stat(path).catch(() => undefined)) === undefined)
    return { tree: await readTree(path), notes: ['the first part of the run is missing'] };
  switch (await sniffFile(path)) {
    case 'empty':
      throw new UnreadableLogError(path, 'is empty: nothing was recorded, or it was not written');
    case 'binary':
      throw new UnreadableLogError(path, 'is no text: give a log, <run>.jsonl or <run>.json');
    case 'compressed':
      throw new UnreadableLogError(path, 'is compressed: unpack it first (only gzip is read as it is)');
    case 'gzip':
      return unpacked(path, readLogFile);
    case 'text':
      return readText(path);
  }
}

/** The reader goes by the name: a journal or a tree; what is neither may still be a conversation or OTLP/JSON. */
async function readText(path: string): Promise<ReadFile> {
  if (!/\.jsonl?$/.test(path)) return readForeignFile(path);
  try {
    return { tree: await readTree(path), notes: [] };
  } catch (error) {
    return readForeignFile(path, error);
  }
}
