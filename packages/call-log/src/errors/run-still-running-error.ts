import { CallLogError } from './call-log-error.ts';

/** A run cannot be continued, because a process still writes it or has begun to continue it. */
export class RunStillRunningError extends CallLogError {
  override readonly name = 'RunStillRunningError';
  readonly code = 'run_still_running';
  readonly runId: string;
  /** Who writes it, as far as its header is on disk. */
  readonly host: string | undefined;
  readonly pid: number | undefined;

  constructor(runId: string, writer?: { host: string; pid: number }) {
    const who = writer === undefined ? 'another process' : `process ${writer.pid} on ${writer.host}`;
    super(
      `run ${runId} is being written by ${who}: wait until it has ended, or end that process, and resume it then`,
    );
    this.runId = runId;
    this.host = writer?.host;
    this.pid = writer?.pid;
  }
}
