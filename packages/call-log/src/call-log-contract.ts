import type { DiagnosticHook } from './diagnostics.ts';
import type { CallContext } from './identity/context.ts';
import type { RedactOptions } from './journal/redactor.ts';
import type { RunShare } from './run-share.ts';
import type { ErrorRecord } from './schema/common.ts';
import type { LogEvent, Logger } from './schema/logger-events.ts';
import type { TreeMode } from './tree/tree-keeper.ts';

/** What a run is called. */
export interface RunOptions {
  /** Safe as a file name: letters, digits, `.`, `_`, `-`. Default: a new one that sorts by time. */
  id?: string;
  name?: string;
  /** Any values of your own. */
  metadata?: object;
}

/** Which run is continued. */
export interface ResumeOptions extends RunOptions {
  id: string;
  /** With its reason as the rejection, the run is `interrupted`. */
  signal?: AbortSignal;
}

/** A run that is being recorded. */
export interface Run {
  readonly id: string;
  /** The log's folder. */
  readonly dir: string;
  /** The journal: the truth, written line by line. */
  readonly journalPath: string;
  /** The tree: a snapshot of the journal, complete once the log is closed. */
  readonly treePath: string;
  /** Whether what is said in it is written. */
  readonly captureContent: boolean;
}

export interface CallLogOptions {
  /** Folder of the files, created when it is missing. Default: `logs` in the working directory. */
  dir?: string;
  /** The run that events belong to when they name none and no run surrounds them. */
  defaultRun?: RunOptions;
  /**
   * Joins a run of another process or thread, from its `shareRun()`, instead of beginning a default run: events go
   * to a segment of their own in that run's folder. Its `dir` goes before `dir`.
   */
  join?: RunShare | undefined;
  /** What to scrub, beside the built-in patterns; `false` writes everything as it is. */
  redact?: RedactOptions | false;
  /**
   * Whether prompts, replies, tool arguments and results, messages, the values of metadata and the texts of errors are
   * written. With `false` only the structure is: roles, lengths, ids, models, numbers, usage, times and how it ended.
   * Default: `true`, and what the parent said in a run that was joined.
   */
  captureContent?: boolean;
  /**
   * How often the text of replies that are still coming is written (`call.progress`), in milliseconds; so much may be
   * missing of a call that was killed. `false` for never. Default: 1,000.
   */
  progressMs?: number | false;
  /** Who keeps the tree fresh: a worker thread (default), this thread, or nobody (readers build it). */
  tree?: TreeMode;
  /** Wait for the disk at every record, so that a power cut loses nothing either. Default: `false`. */
  fsync?: boolean;
  /** Told once for each kind of trouble. Default: a line on stderr. */
  onDiagnostic?: DiagnosticHook;
  /** Default: the system's clock. */
  now?: () => Date;
}

export interface CallLog {
  /** Folder of the files. */
  readonly dir: string;
  /** Give it to a client. Synchronous, never throws: when it returns, the event is on disk. */
  readonly logger: Logger;
  /**
   * Records what `fn` does as one run: `completed` when it resolves, `interrupted` when it rejects with the
   * reason of `signal`, `failed` when it rejects otherwise. Passes the result or the rejection on.
   *
   * @throws {InvalidRunIdError | RunExistsError} when the id cannot be used
   */
  run<T>(options: RunOptions & { signal?: AbortSignal }, fn: (run: Run) => Promise<T> | T): Promise<T>;
  /**
   * Continues a run of this log's folder that no process writes any more, however it has ended: what `fn` does is
   * recorded behind what is on record, and how it ends is how the run has ended. Everything else as in {@link run}. Whether
   * what is on record is done again is up to `fn`; the log only continues it. What was recorded without content goes on
   * without. `name` and `metadata` count only for a run that was killed before it had written its own.
   *
   * @param run its id
   * @throws {InvalidRunIdError | RunNotFoundError} when there is no such run
   * @throws {RunStillRunningError} when a process still writes it, or another one has just begun to continue it
   * @throws {NotALogError} when only its tree is there, no journal
   * @throws {UnsupportedVersionError} when a newer version wrote it
   */
  resume<T>(run: string | ResumeOptions, fn: (run: Run) => Promise<T> | T): Promise<T>;
  /** The default run; begins it if nothing has been recorded in it yet. */
  defaultRun(): Run;
  /**
   * Ends the default run and every other that no `run()` will end, finishes the trees and stops the worker.
   * Events that come later are still written to their journals. Calling it again does nothing.
   */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A logger that takes the context from its caller, for events that crossed a thread. */
export interface ContextualCallLog extends CallLog {
  log(event: LogEvent, context: CallContext): void;
  /** Counts something that should have been an event, and tells of it once. @param why it is none */
  reject(why: string): void;
  /** The runs that `close()` ends will have failed, with this error. */
  failWith(error: ErrorRecord): void;
}
