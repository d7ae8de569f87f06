import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type CallLog, createCallLog, type RedactOptions } from '@pd/call-log';
import { currentContext } from '@pd/call-log/context';
import type { LogEvent, Logger } from '@pd/call-log/schema';

export interface RunLogsOptions {
  dir: string;
  redact: RedactOptions | false | undefined;
  /** Told when the first record of a run is written. */
  onBegin: (log: RunLog) => void;
  report: (line: string) => void;
}

/** What this process records of one run. */
export interface RunLog {
  readonly runId: string;
  readonly log: CallLog;
  /** Its segment, from the first record on. */
  segment: { id: string; path: string } | undefined;
  /** Whether the coordinator writes into the same folder, so that nothing has to be sent. */
  readonly isShared: boolean;
  /** Messages of the run that are being answered. */
  active: number;
  /** When the last of them was, in milliseconds of the monotonic clock. */
  usedMs: number;
}

/** The logs of all runs that a worker works for, behind one logger that knows which is which. */
export class RunLogs {
  readonly #options: RunLogsOptions;
  readonly #runs = new Map<string, RunLog>();
  /** The log of a call that goes on, for events that come outside of any context. */
  readonly #ofCall = new Map<string, RunLog>();
  #isWarned = false;

  constructor(options: RunLogsOptions) {
    this.#options = options;
  }

  /** For the clients of the worker's agents. */
  readonly logger: Logger = Object.assign((event: LogEvent) => this.#log([event]), {
    batch: (events: readonly LogEvent[]) => this.#log(events),
  });

  all(): RunLog[] {
    return [...this.#runs.values()];
  }

  get(runId: string): RunLog | undefined {
    return this.#runs.get(runId);
  }

  /** The log of a run; begins it. @throws InvalidRunIdError of `@pd/call-log` when the id is not safe as a file name */
  open(run: { id: string; capture_content?: false | undefined }): RunLog {
    const there = this.#runs.get(run.id);
    if (there !== undefined) return there;
    const { dir, redact } = this.#options;
    const opened: RunLog = {
      runId: run.id,
      log: createCallLog({
        join: {
          run_id: run.id,
          dir,
          ...(run.capture_content === false && { capture_content: false as const }),
        },
        tree: false,
        ...(redact !== undefined && { redact }),
      }),
      segment: undefined,
      // Nobody but the run's coordinator writes its root.
      isShared: existsSync(join(dir, `${run.id}.jsonl`)),
      active: 0,
      usedMs: performance.now(),
    };
    this.#runs.set(run.id, opened);
    return opened;
  }

  /** Ends a run's segment; the next message of the run begins another. @returns how long the segment is in the end */
  async close(runId: string): Promise<{ runLog: RunLog; bytes: number } | undefined> {
    const runLog = this.#runs.get(runId);
    if (runLog === undefined) return undefined;
    this.#runs.delete(runId);
    for (const [callId, log] of this.#ofCall) if (log === runLog) this.#ofCall.delete(callId);
    if (runLog.segment === undefined) return undefined;
    await runLog.log.close();
    return { runLog, bytes: bytesOf(runLog) };
  }

  #log(events: readonly LogEvent[]): void {
    const [first] = events;
    const runLog = first === undefined ? undefined : this.#logOf(first);
    if (runLog === undefined) {
      this.#warn();
      return;
    }
    if (runLog.segment === undefined) {
      const path = runLog.log.defaultRun().journalPath;
      runLog.segment = { id: basename(path, '.jsonl'), path };
      this.#options.onBegin(runLog);
    }
    if (events.length === 1 && first !== undefined) runLog.log.logger(first);
    else runLog.log.logger.batch?.(events);
    for (const event of events) {
      if (event.type === 'call.start') this.#ofCall.set(event.call_id, runLog);
      if (event.type === 'call.end') this.#ofCall.delete(event.call_id);
    }
  }

  #logOf(event: LogEvent): RunLog | undefined {
    const runId = event.run_id ?? currentContext().runId;
    const surrounding = runId === undefined ? undefined : this.#runs.get(runId);
    if (surrounding !== undefined) return surrounding;
    return 'call_id' in event && event.call_id !== undefined ? this.#ofCall.get(event.call_id) : undefined;
  }

  #warn(): void {
    if (this.#isWarned) return;
    this.#isWarned = true;
    this.#options.report(
      'something was logged while no message of a run was being answered; it is on no record',
    );
  }
}

/** Bytes of the segment's file. */
export function bytesOf({ segment }: RunLog): number {
  return segment === undefined ? 0 : statSync(segment.path).size;
}
