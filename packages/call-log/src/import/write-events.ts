import { createCallLog } from '../call-log.ts';
import type { RedactOptions } from '../journal/redactor.ts';
import { createRunId } from '../run-id.ts';
import type { LogEvent } from '../schema/logger-events.ts';

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
 * Writes events as a run of their own, at the times they say, with its tree. The run begins and ends as a `run.start` and
 * a `run.end` among them say; without, it is `completed`.
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
  const start = events.find((event) => event.type === 'run.start');
  const called = name ?? start?.name;
  let clock = timeOf(events[0]?.at) ?? otherwise;
  let trouble: unknown;
  const id = runId ?? createRunId(clock);
  const log = createCallLog({
    dir,
    tree: 'inline',
    now: () => clock,
    onDiagnostic: ({ message, cause }) => {
      trouble ??= new Error(message, { cause });
    },
    defaultRun: { id, metadata, ...(called !== undefined && { name: called }) },
    ...(redact !== undefined && { redact }),
  });
  log.defaultRun();
  for (const event of events) {
    clock = timeOf(event.at) ?? clock;
    // Said for each, because metadata of a stranger may name another run.
    log.logger({ ...event, run_id: id });
  }
  await log.close();
  if (trouble !== undefined) throw trouble;
  return id;
}

function timeOf(at: string | undefined): Date | undefined {
  const ms = at === undefined ? Number.NaN : Date.parse(at);
  return Number.isNaN(ms) ? undefined : new Date(ms);
}
