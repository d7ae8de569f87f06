import type { KnownTexts } from '../blob/known-texts.ts';
import type { RecordedEvent } from '../schema/events.ts';
import type { JsonValue } from '../schema/json.ts';
import type { Redactor } from './redactor.ts';

/** A record before it has its place in the segment. */
export type Unplaced = { type: RecordedEvent['type']; at: string } & {
  [field: string]: JsonValue | undefined;
};

/** What a run needs to begin. */
export interface RunJournalOptions {
  dir: string;
  runId: string;
  name?: string;
  metadata?: object;
  startedAt: string;
  fsync: boolean;
  /** Writes a segment of a run that another process began, instead of its root. */
  segment?: { id: string; parentCallId?: string | undefined };
  /** Writes the segment that continues a run of which others are on record. */
  resumes?: Resumed;
  /** This run's own, because it counts. */
  redactor: Redactor;
  /** Shared by the runs of a log. */
  knownTexts?: KnownTexts;
  /** Whether what was said is written, or only that something was. */
  captureContent: boolean;
  /** What is recorded comes from another log: its references to blobs stay what they are. Default: `false`. */
  keepReferences?: boolean;
  /** What is recorded comes from a log without content, and the header says so. Default: `false`. */
  contentMissing?: boolean;
  /** Told the error when a record could not be written. */
  onWriteError(error: unknown): void;
  /** Told the error when a large part could not be written by itself and stays in its record. */
  onBlobError(error: unknown): void;
}

/** Which continuation of its run a segment is, and what is on record before it. */
export interface Resumed {
  /** From 1. */
  number: number;
  /** Of the run's segments so far. */
  bytes: number;
  /** Whether the run's beginning is on record; a process that was killed at once has not written it. */
  begun: boolean;
}
