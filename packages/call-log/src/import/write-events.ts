import { createCallLog } from '../call-log.ts';
import type { RedactOptions } from '../journal/redactor.ts';
import { createRunId } from '../run-id.ts';
import type { ErrorRecord } from '../schema/common.ts';
import type { LogEvent, RunEnd } from '../schema/logger-events.ts';

/** Where an imported run is written, and what it is called. */
export interface ImportTarget {
  dir: string;
  /** Default: that of the trace, if it tells one, else a new one. */
  runId?: string | undefined;
  /** Default: that of the trace, if it tells one. */
  name?: string | undefined;
  /** As of the log. */
  redact?: RedactOptions | false;
}

/**
 * Writes events as a run of their own, at the times they say, with its tree.
 *
 * @param otherwise the time of an event that says none
 * @returns the run's id
 * @throws {InvalidRunIdError | RunExistsError} when the id cannot be used
 */
export async function writeEvents(
  events: readonly LogEvent[],
  { dir, runId, name, redact }: ImportTarget,
  metadata: object,
  otherwise: Date,
): Promise<string> {
  let clock = timeOf(events[0]?.at) ?? otherwise;
  let trouble: unknown;
  const log = createCallLog({
    dir,
    tree: 'inline',
    now: () => clock,
    onDiagnostic: ({ message, cause }) => {
      trouble ??= new Error(message, { cause });
    },
    ...(redact !== undefined && { redact }),
  });
  const id = runId ?? createRunId(clock);
  const start = events.find((event) => event.type === 'run.start');
  const ending = events.find((event) => event.type === 'run.end');
  const title = name ?? start?.name;
  const run = {
    id,
    metadata: { ...start?.metadata, ...metadata },
    ...(title !== undefined && { name: title }),
  };
  const stopped = new AbortController();
  await log
    .run({ ...run, signal: stopped.signal }, () => {
      for (const event of events) {
        clock = timeOf(event.at) ?? clock;
        // Said for each, because metadata of a stranger may name another run.
        log.logger({ ...event, run_id: id });
      }
      if (ending !== undefined) end(ending, stopped);
    })
    .catch((error: unknown) => {
      if (!(error instanceof RecordedFailure)) throw error;
    });
  await log.close();
  if (trouble !== undefined) throw trouble;
  return id;
}

/** How the run ended where it was recorded. */
class RecordedFailure extends Error {
  readonly code: string | undefined;

  constructor({ type, code, message }: ErrorRecord) {
    super(message);
    this.name = type;
    this.code = code;
  }
}

/** Makes the run end here as it ended there. @throws {RecordedFailure} unless it was completed */
function end({ status, error }: RunEnd, stopped: AbortController): void {
  if (status === 'completed') return;
  const failure = new RecordedFailure(error ?? { type: 'Error', message: `the run was ${status}` });
  if (status === 'interrupted') stopped.abort(failure);
  throw failure;
}

function timeOf(at: string | undefined): Date | undefined {
  const ms = at === undefined ? Number.NaN : Date.parse(at);
  return Number.isNaN(ms) ? undefined : new Date(ms);
}
