import { KnownTexts } from './blob/known-texts.ts';
import type { CallLog, CallLogOptions, ContextualCallLog, Run, RunOptions } from './call-log-contract.ts';
import { createDiagnostics } from './diagnostics.ts';
import { RunExistsError } from './errors/run-exists-error.ts';
import { type CallContext, currentContext, withRun } from './identity/context.ts';
import { identified, resolveAgent } from './identity/resolve.ts';
import { messageOf, toErrorRecord } from './journal/error-record.ts';
import { Progress } from './journal/progress.ts';
import { compileRedaction } from './journal/redactor.ts';
import { RunJournal } from './journal/run-journal.ts';
import type { Resumed } from './journal/run-journal-options.ts';
import { Runs } from './journal/runs.ts';
import { callStartRecord, plainRecord, progressRecord } from './journal/to-record.ts';
import { checkFlag, checkInterval } from './option.ts';
import { checkRunId, createRunId, createRunIdCheck } from './run-id.ts';
import { checkRunShare } from './run-share.ts';
import type { ErrorRecord, RunEnding } from './schema/common.ts';
import type { JsonObject } from './schema/json.ts';
import type { CallProgress, CallStart, LogEvent, LogLine, RunStart } from './schema/logger-events.ts';
import { createTreeKeeper } from './tree/tree-keeper.ts';

/**
 * A log that writes every event to `<dir>/<run id>.jsonl` before it returns, and keeps `<run id>.json`, the
 * tree, up to date beside it.
 *
 * @throws {InvalidRunIdError} when the default run's id is not safe as a file name, or holds a secret
 * @throws {InvalidOptionError} when `redact`, `captureContent` or `progressMs` is not what it should be
 */
export function createCallLog(options: CallLogOptions = {}): CallLog {
  return createContextualCallLog(options);
}

/** As {@link createCallLog}, and open to events whose context was captured elsewhere. */
export function createContextualCallLog(options: CallLogOptions = {}): ContextualCallLog {
  const { fsync = false, now = () => new Date() } = options;
  const joined = options.join === undefined ? undefined : checkRunShare(options.join);
  const captureContent =
    checkFlag('captureContent', options.captureContent, true) && joined?.capture_content !== false;
  const progressMs = checkInterval('progressMs', options.progressMs, 1_000);
  const dir = joined?.dir ?? options.dir ?? 'logs';
  const tell = createDiagnostics(options.onDiagnostic);
  const newRedactor = compileRedaction(options.redact);
  const knownTexts = new KnownTexts();
  const checkNewRunId = createRunIdCheck(options.redact);
  const trees = createTreeKeeper(options.tree ?? 'worker', (cause) =>
    tell({
      kind: 'tree_failed',
      message: `the tree cannot be written: ${messageOf(cause)}; readers build it from the journal`,
      cause,
    }),
  );
  /** Runs that their own `run()` will end. */
  const running = new Set<RunJournal>();
  /** While events come together: the journals that hold their records. */
  let holding: Set<RunJournal> | undefined;
  const givenId = joined?.run_id ?? options.defaultRun?.id;
  const defaultRunId = givenId === undefined ? createRunId(now()) : checkNewRunId(givenId);
  let loggerErrors = 0;
  let failure: ErrorRecord | undefined;
  let closing: Promise<void> | undefined;

  const segmentOf = (runId: string) =>
    joined !== undefined && runId === joined.run_id
      ? { segment: { id: createRunId(now()), parentCallId: joined.parent_call_id } }
      : {};

  const begin = (
    runId: string,
    run: RunOptions & Pick<RunStart, 'at'>,
    resumes?: Resumed & { captureContent: boolean },
  ): RunJournal =>
    new RunJournal({
      ...(resumes === undefined ? segmentOf(runId) : { resumes }),
      dir,
      runId: resumes === undefined ? checkNewRunId(runId) : runId,
      ...(run.name !== undefined && { name: run.name }),
      ...(run.metadata !== undefined && { metadata: run.metadata }),
      startedAt: run.at ?? now().toISOString(),
      fsync,
      redactor: newRedactor(),
      knownTexts,
      captureContent: captureContent && resumes?.captureContent !== false,
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
    open: (runId, isDefault, start) =>
      begin(runId, isDefault ? { ...start, ...options.defaultRun } : (start ?? {})),
    onMisplaced: failed('an event names a run that cannot be used, so it is recorded in the default run'),
    onTaken(cause) {
      const id = createRunId(now());
      failed(`run ${defaultRunId} is on record already, so events are recorded in run ${id}`)(cause);
      return id;
    },
  });

  const progress = new Progress(
    progressMs || 0,
    (journal, callId, text) => {
      journal.append(progressRecord(callId, now().toISOString(), text, journal.plain));
      if (journal.isOwner && !journal.ended) trees.grown(journal, journal.bytes, false);
    },
    failed('the text of a call that goes on could not be recorded'),
  );

  const finish = (
    journal: RunJournal,
    status: RunEnding,
    error?: ErrorRecord,
    at = now().toISOString(),
  ): void => {
    running.delete(journal);
    progress.flush(journal);
    const record = error === undefined ? {} : journal.plain({ error: error }).value;
    journal.end(status, at, loggerErrors, (record as JsonObject).error);
    if (journal.isOwner) trees.grown(journal, journal.bytes, true);
  };

  const startCall = (event: CallStart, journal: RunJournal, context: CallContext): void => {
    const { agent, source } = resolveAgent(event, context);
    const parent = journal.isOwner ? undefined : joined?.parent_call_id;
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

  const keepLine = (event: LogLine, journal: RunJournal, context: CallContext): void => {
    const agent = event.agent_id === undefined ? identified(context.agent) : { id: event.agent_id };
    if (agent !== undefined) journal.introduce(agent, event.at ?? '');
    const owned = agent === undefined ? event : { ...event, agent_id: agent.id };
    journal.append(plainRecord(owned, journal.plain));
  };

  const record = (event: Exclude<LogEvent, CallProgress>, context: CallContext): RunJournal => {
    const journal = runs.of(event, context);
    journal.lookAfter();
    if (holding !== undefined && journal.hold()) holding.add(journal);
    if (event.type === 'call.end') progress.end(event.call_id);
    if (event.type === 'run.start') return journal;
    if (event.type === 'run.end') {
      // Where its run cannot be used, the event has come to the default run, which is not what it ends.
      if (journal.id === event.run_id && !running.has(journal))
        finish(journal, event.status, event.error, event.at);
      return journal;
    }
    if (event.type === 'call.start') startCall(event, journal, context);
    else if (event.type === 'log') keepLine(event, journal, context);
    else if (event.type === 'agent.start') journal.introduce(event.agent, event.at ?? '');
    else journal.append(plainRecord(event, journal.plain));
    // After the end of its run only the ending of a call is worth another tree.
    const worthATree = journal.isOwner && (!journal.ended || event.type === 'call.end');
    if (worthATree && holding === undefined) trees.grown(journal, journal.bytes, journal.ended);
    return journal;
  };

  const log = (event: LogEvent, context: CallContext): void => {
    const started = performance.now();
    try {
      if (event.type === 'call.progress') {
        if (progressMs === false || !captureContent) return;
        const journal = runs.of(event, context);
        if (journal.captureContent) progress.add(journal, String(event.call_id), String(event.text));
        return;
      }
      const journal = record(event.at === undefined ? { ...event, at: now().toISOString() } : event, context);
      journal.overheadUs += (performance.now() - started) * 1000;
    } catch (cause) {
      failed('an event could not be recorded')(cause);
    }
  };

  /** One write for each journal that the events belong to. */
  const logTogether = (events: readonly LogEvent[], context: CallContext): void => {
    const held = new Set<RunJournal>();
    holding = held;
    try {
      for (const event of events) log(event, context);
    } catch (cause) {
      failed('events could not be recorded')(cause);
    }
    holding = undefined;
    for (const journal of held) {
      const started = performance.now();
      journal.writeHeld();
      if (journal.isOwner) trees.grown(journal, journal.bytes, journal.ended);
      journal.overheadUs += (performance.now() - started) * 1000;
    }
  };

  /** In a joined run, the agent that shared it is around everything. */
  const contextHere = (): CallContext =>
    joined?.agent === undefined ? currentContext() : { agent: joined.agent, ...currentContext() };

  /** What `fn` does is the run; how it ends is how the run does. */
  const perform = async <T>(
    journal: RunJournal,
    fn: (run: Run) => Promise<T> | T,
    signal?: AbortSignal,
  ): Promise<T> => {
    running.add(journal);
    let result: Awaited<ReturnType<typeof fn>>;
    try {
      result = await withRun(journal.id, () => fn(journal));
    } catch (error) {
      const interrupted = signal?.aborted === true && error === signal.reason;
      const thrown = error === undefined ? undefined : toErrorRecord(error);
      finish(journal, interrupted ? 'interrupted' : 'failed', thrown);
      await trees.ready();
      throw error;
    }
    finish(journal, 'completed');
    await trees.ready();
    return result;
  };

  const close = async (): Promise<void> => {
    const status = failure === undefined ? 'completed' : 'failed';
    for (const journal of runs.unfinished()) if (!running.has(journal)) finish(journal, status, failure);
    await trees.close();
  };

  return {
    dir,
    log,
    failWith: (error) => {
      failure = error;
    },
    reject: (why) => failed('an event could not be recorded')(why),
    logger: Object.assign((event: LogEvent) => log(event, contextHere()), {
      batch: (events: readonly LogEvent[]) => logTogether(events, contextHere()),
    }),
    defaultRun: () => runs.default(),
    run: async (run, fn) => perform(runs.add(begin(run.id ?? createRunId(now()), run)), fn, run.signal),
    async resume(given, fn) {
      const run = typeof given === 'string' ? { id: given } : given;
      const id = checkRunId(run?.id);
      // Loaded here, because a log that only records needs no reader.
      const { prepareResume, whoResumes } = await import('./reader/prepare-resume.ts');
      const resumable = await prepareResume(dir, id);
      let journal: RunJournal;
      try {
        journal = begin(id, run, resumable);
      } catch (error) {
        throw error instanceof RunExistsError ? await whoResumes(dir, id, resumable.number) : error;
      }
      return perform(runs.add(journal), fn, run.signal);
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
