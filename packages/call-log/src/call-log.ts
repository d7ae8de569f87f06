import { createDiagnostics, type DiagnosticHook } from './diagnostics.ts';
import { type CallContext, currentContext, withRun } from './identity/context.ts';
import { resolveAgent, resolveRunId } from './identity/resolve.ts';
import { createRedactor, type RedactOptions } from './journal/redactor.ts';
import { RunJournal } from './journal/run-journal.ts';
import { type PlainJson, toPlainJson } from './journal/to-plain-json.ts';
import { callStartRecord, plainRecord } from './journal/to-record.ts';
import { checkRunId, createRunId } from './run-id.ts';
import type { RunEnding } from './schema/common.ts';
import type { CallStart, LogEvent, Logger } from './schema/logger-events.ts';
import { createTreeKeeper, type TreeMode } from './tree/tree-keeper.ts';

/** What a run is called. */
export interface RunOptions {
  /** Safe as a file name: letters, digits, `.`, `_`, `-`. Default: a new one that sorts by time. */
  id?: string;
  name?: string;
  /** Any values of your own. */
  metadata?: object;
}

/** A run that is being recorded. */
export interface Run {
  readonly id: string;
  /** The journal: the truth, written line by line. */
  readonly journalPath: string;
  /** The tree: a snapshot of the journal, complete once the log is closed. */
  readonly treePath: string;
}

export interface CallLogOptions {
  /** Folder of the files, created when it is missing. Default: `logs` in the working directory. */
  dir?: string;
  /** The run that events belong to when they name none and no run surrounds them. */
  defaultRun?: RunOptions;
  /** What to scrub, beside the built-in patterns; `false` writes everything as it is. */
  redact?: RedactOptions | false;
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
  /** Give it to a client. Synchronous, never throws: when it returns, the event is on disk. */
  readonly logger: Logger;
  /**
   * Records what `fn` does as one run: `completed` when it resolves, `interrupted` when it rejects with the
   * reason of `signal`, `failed` when it rejects otherwise. Passes the result or the rejection on.
   *
   * @throws {InvalidRunIdError | RunExistsError} when the id cannot be used
   */
  run<T>(options: RunOptions & { signal?: AbortSignal }, fn: (run: Run) => Promise<T> | T): Promise<T>;
  /** The default run; begins it if nothing has been recorded in it yet. */
  defaultRun(): Run;
  /** Ends the default run, finishes the trees and stops the worker. Calling it again does nothing. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A logger that takes the context from its caller, for events that crossed a thread. */
export interface ContextualCallLog extends CallLog {
  log(event: LogEvent, context: CallContext): void;
}

/**
 * A log that writes every event to `<dir>/<run id>.jsonl` before it returns, and keeps `<run id>.json`, the
 * tree, up to date beside it.
 *
 * @throws {InvalidRunIdError} when the default run's id is not safe as a file name
 */
export function createCallLog(options: CallLogOptions = {}): CallLog {
  return createContextualCallLog(options);
}

/** As {@link createCallLog}, and open to events whose context was captured elsewhere. */
export function createContextualCallLog(options: CallLogOptions = {}): ContextualCallLog {
  const { dir = 'logs', fsync = false, now = () => new Date() } = options;
  const tell = createDiagnostics(options.onDiagnostic);
  const redactor = createRedactor(options.redact);
  const plain = (value: unknown): PlainJson => toPlainJson(value, redactor.redact);
  const trees = createTreeKeeper(options.tree ?? 'worker', (cause) =>
    tell({
      kind: 'tree_failed',
      message: `the tree cannot be written: ${text(cause)}; readers build it from the journal`,
      cause,
    }),
  );
  const runs = new Map<string, RunJournal>();
  const runOfCall = new Map<string, RunJournal>();
  const defaultRunId =
    options.defaultRun?.id === undefined ? createRunId(now()) : checkRunId(options.defaultRun.id);
  let loggerErrors = 0;
  let closing: Promise<void> | undefined;

  const begin = (runId: string, run: RunOptions): RunJournal => {
    const journal = new RunJournal({
      dir,
      runId: checkRunId(runId),
      ...(run.name !== undefined && { name: run.name }),
      metadata: plain(run.metadata ?? {}).value,
      startedAt: now().toISOString(),
      fsync,
      plain,
      onWriteError: (cause) =>
        tell({
          kind: 'write_failed',
          message: `cannot write ${runId}.jsonl in ${dir}: ${text(cause)}; the program goes on, losses are counted`,
          cause,
        }),
    });
    runs.set(runId, journal);
    return journal;
  };

  const finish = (journal: RunJournal, status: RunEnding, error?: unknown): void => {
    const audit = { redactions: redactor.count, logger_errors: loggerErrors };
    const record = error === undefined ? undefined : plain(errorRecord(error)).value;
    journal.end(status, now().toISOString(), audit, record);
    runs.delete(journal.id);
    trees.grown(journal, journal.bytes, true);
  };

  const journalOf = (event: LogEvent, context: CallContext): RunJournal => {
    const ofCall =
      'call_id' in event && event.call_id !== undefined ? runOfCall.get(event.call_id) : undefined;
    if (ofCall !== undefined) return ofCall;
    const runId = resolveRunId(event, context) ?? defaultRunId;
    return runs.get(runId) ?? begin(runId, runId === defaultRunId ? (options.defaultRun ?? {}) : {});
  };

  const startCall = (event: CallStart, journal: RunJournal, context: CallContext): void => {
    const { agent, source } = resolveAgent(event, context);
    journal.introduce(agent, event.at ?? '');
    journal.append(callStartRecord(event, { agentId: agent.id, source }, plain, journal.messages));
    runOfCall.set(event.call_id, journal);
    journal.callStarted();
  };

  const endCall = (callId: string, journal: RunJournal): void => {
    if (runOfCall.delete(callId)) journal.callEnded();
  };

  const log = (given: LogEvent, context: CallContext): void => {
    const started = performance.now();
    try {
      const event = given.at === undefined ? { ...given, at: now().toISOString() } : given;
      const journal = journalOf(event, context);
      if (event.type === 'call.start') startCall(event, journal, context);
      else if (event.type === 'agent.start') journal.introduce(event.agent, event.at ?? '');
      else journal.append(plainRecord(event, plain));
      if (event.type === 'call.end') endCall(event.call_id, journal);
      trees.grown(journal, journal.bytes, journal.ended);
      journal.overheadUs += (performance.now() - started) * 1000;
    } catch (cause) {
      loggerErrors++;
      tell({ kind: 'logger_error', message: `an event could not be recorded: ${text(cause)}`, cause });
    }
  };

  const close = async (): Promise<void> => {
    for (const journal of [...runs.values()]) finish(journal, 'completed');
    await trees.close();
  };

  return {
    log,
    logger: (event) => log(event, currentContext()),
    defaultRun: () => runs.get(defaultRunId) ?? begin(defaultRunId, options.defaultRun ?? {}),
    async run(run, fn) {
      const journal = begin(run.id ?? createRunId(now()), run);
      try {
        const result = await withRun(journal.id, () => fn(journal));
        finish(journal, 'completed');
        return result;
      } catch (error) {
        const interrupted = run.signal?.aborted === true && error === run.signal.reason;
        finish(journal, interrupted ? 'interrupted' : 'failed', error);
        throw error;
      }
    },
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  };
}

function errorRecord(error: unknown): { type: string; code?: unknown; message: string } {
  if (!(error instanceof Error)) return { type: typeof error, message: text(error) };
  return { type: error.name, ...('code' in error && { code: error.code }), message: error.message };
}

function text(value: unknown): string {
  try {
    return value instanceof Error ? value.message : String(value);
  } catch {
    return 'something without a text';
  }
}
