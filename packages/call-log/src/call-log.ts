import { createDiagnostics, type DiagnosticHook } from './diagnostics.ts';
import { type CallContext, currentContext, withRun } from './identity/context.ts';
import { resolveAgent } from './identity/resolve.ts';
import { messageOf, toErrorRecord } from './journal/error-record.ts';
import { compileRedaction, type RedactOptions } from './journal/redactor.ts';
import { RunJournal } from './journal/run-journal.ts';
import { Runs } from './journal/runs.ts';
import { callStartRecord, plainRecord } from './journal/to-record.ts';
import { checkRunId, createRunId } from './run-id.ts';
import { checkRunShare, type RunShare } from './run-share.ts';
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
  /** The log's folder. */
  readonly dir: string;
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
  /**
   * Joins a run of another process or thread, from its `shareRun()`, instead of beginning a default run: events go
   * to a segment of their own in that run's folder. Its `dir` goes before `dir`.
   */
  join?: RunShare | undefined;
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
  const { fsync = false, now = () => new Date() } = options;
  const joined = options.join === undefined ? undefined : checkRunShare(options.join);
  const dir = joined?.dir ?? options.dir ?? 'logs';
  const tell = createDiagnostics(options.onDiagnostic);
  const newRedactor = compileRedaction(options.redact);
  const trees = createTreeKeeper(options.tree ?? 'worker', (cause) =>
    tell({
      kind: 'tree_failed',
      message: `the tree cannot be written: ${messageOf(cause)}; readers build it from the journal`,
      cause,
    }),
  );
  /** Runs that their own `run()` will end. */
  const running = new Set<RunJournal>();
  const givenId = joined?.run_id ?? options.defaultRun?.id;
  const defaultRunId = givenId === undefined ? createRunId(now()) : checkRunId(givenId);
  let loggerErrors = 0;
  let closing: Promise<void> | undefined;

  const segmentOf = (runId: string) =>
    joined !== undefined && runId === joined.run_id
      ? { segment: { id: createRunId(now()), parentCallId: joined.parent_call_id } }
      : {};

  const begin = (runId: string, run: RunOptions): RunJournal =>
    new RunJournal({
      ...segmentOf(runId),
      dir,
      runId: checkRunId(runId),
      ...(run.name !== undefined && { name: run.name }),
      ...(run.metadata !== undefined && { metadata: run.metadata }),
      startedAt: now().toISOString(),
      fsync,
      redactor: newRedactor(),
      onWriteError: (cause) =>
        tell({
          kind: 'write_failed',
          message: `cannot write ${runId}.jsonl in ${dir}: ${messageOf(cause)}; the program goes on, losses are counted`,
          cause,
        }),
      onBlobError: (cause) =>
        tell({
          kind: 'blob_failed',
          message: `cannot write the blobs of ${runId} in ${dir}: ${messageOf(cause)}; large parts stay in the journal`,
          cause,
        }),
    });

  const failed = (what: string) => (cause: unknown) => {
    loggerErrors++;
    tell({ kind: 'logger_error', message: `${what}: ${messageOf(cause)}`, cause });
  };
  const runs = new Runs({
    defaultId: defaultRunId,
    open: (runId, isDefault) => begin(runId, isDefault ? (options.defaultRun ?? {}) : {}),
    onMisplaced: failed('an event names a run that cannot be used, so it is recorded in the default run'),
    onTaken(cause) {
      const id = createRunId(now());
      failed(`run ${defaultRunId} is on record already, so events are recorded in run ${id}`)(cause);
      return id;
    },
  });

  const finish = (journal: RunJournal, status: RunEnding, error?: unknown): void => {
    running.delete(journal);
    const record = error === undefined ? undefined : journal.plain(toErrorRecord(error)).value;
    journal.end(status, now().toISOString(), loggerErrors, record);
    if (journal.isRoot) trees.grown(journal, journal.bytes, true);
  };

  const startCall = (event: CallStart, journal: RunJournal, context: CallContext): void => {
    const { agent, source } = resolveAgent(event, context);
    const parent = journal.isRoot ? undefined : joined?.parent_call_id;
    journal.introduce(agent, event.at ?? '');
    const owner = { agentId: agent.id, source };
    const { record, messages } = callStartRecord(
      withParent(event, parent),
      owner,
      journal.plain,
      journal.messages,
    );
    journal.append(record, messages);
  };

  const record = (event: LogEvent, context: CallContext): RunJournal => {
    const journal = runs.of(event, context);
    journal.lookAfter();
    if (event.type === 'call.start') startCall(event, journal, context);
    else if (event.type === 'agent.start') journal.introduce(event.agent, event.at ?? '');
    else journal.append(plainRecord(event, journal.plain));
    // After the end of its run only the ending of a call is worth another tree.
    const worthATree = journal.isRoot && (!journal.ended || event.type === 'call.end');
    if (worthATree) trees.grown(journal, journal.bytes, journal.ended);
    return journal;
  };

  const log = (event: LogEvent, context: CallContext): void => {
    const started = performance.now();
    try {
      const journal = record(event.at === undefined ? { ...event, at: now().toISOString() } : event, context);
      journal.overheadUs += (performance.now() - started) * 1000;
    } catch (cause) {
      failed('an event could not be recorded')(cause);
    }
  };

  /** In a joined run, the agent that shared it is around everything. */
  const contextHere = (): CallContext =>
    joined?.agent === undefined ? currentContext() : { agent: joined.agent, ...currentContext() };

  const close = async (): Promise<void> => {
    for (const journal of runs.unfinished()) if (!running.has(journal)) finish(journal, 'completed');
    await trees.close();
  };

  return {
    log,
    logger: (event) => log(event, contextHere()),
    defaultRun: () => runs.default(),
    async run(run, fn) {
      const journal = runs.add(begin(run.id ?? createRunId(now()), run));
      running.add(journal);
      let result: Awaited<ReturnType<typeof fn>>;
      try {
        result = await withRun(journal.id, () => fn(journal));
      } catch (error) {
        const interrupted = run.signal?.aborted === true && error === run.signal.reason;
        finish(journal, interrupted ? 'interrupted' : 'failed', error);
        await trees.ready();
        throw error;
      }
      finish(journal, 'completed');
      await trees.ready();
      return result;
    },
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  };
}

/** A call of a process that was started for another call was made for that one. */
function withParent(event: CallStart, parent: string | undefined): CallStart {
  return parent === undefined || event.parent_call_id !== undefined
    ? event
    : { ...event, parent_call_id: parent };
}
