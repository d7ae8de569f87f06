import { closeSync, openSync, readSync } from 'node:fs';
import type { RecordedEvent } from '../schema/events.ts';
import { RunFold } from '../tree/run-fold.ts';
import type { SpillFile } from '../tree/spill-file.ts';
import { LineSplitter } from './lines.ts';
import { mergeSegments } from './merge-segments.ts';
import { parseLine } from './parse-line.ts';
import { ownersOf } from './segment-paths.ts';

const CHUNK = 256 * 1024;
/** Records folded before others get their turn. */
const RECORDS_AT_ONCE = 2_000;

/**
 * Folds the segments of a run into one, the root first. A step at a time, so that a reader with other things to
 * do can do them in between; run it to its end for the fold.
 */
export function* foldSegments(paths: readonly string[], spill?: SpillFile): Generator<void, RunFold> {
  const owners = ownersOf(paths);
  const fold = new RunFold(spill, undefined, owners);
  const segments = paths.map((path) => readRecords(path, () => fold.damagedLines++));
  let records = 0;
  for (const { event, segment } of mergeSegments(segments, owners)) {
    fold.push(event, segment);
    if (++records % RECORDS_AT_ONCE === 0) yield;
  }
  return fold;
}

/** The records of one segment, in order. */
export function* readRecords(path: string, onDamage: () => void): Generator<RecordedEvent> {
  for (const line of readLines(path)) {
    const parsed = parseLine(line);
    if (parsed.kind === 'event') yield parsed.event;
    else if (parsed.kind === 'damaged') onDamage();
  }
}

/** The lines of a file that are not empty; the last one even without its end. */
function* readLines(path: string): Generator<string> {
  const fd = openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(CHUNK);
  const lines = new LineSplitter();
  try {
    for (let length = readSync(fd, buffer); length > 0; length = readSync(fd, buffer)) {
      for (const line of lines.push(buffer.subarray(0, length))) if (line !== '') yield line;
    }
    const rest = lines.rest();
    if (rest !== '') yield rest;
  } finally {
    closeSync(fd);
  }
}
