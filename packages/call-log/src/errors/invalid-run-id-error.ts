import { CallLogError } from './call-log-error.ts';

/** A run id that is not safe as a file name, or holds a secret. */
export class InvalidRunIdError extends CallLogError {
  override readonly name = 'InvalidRunIdError';
  readonly code = 'invalid_run_id';
  readonly runId: string;

  constructor(
    runId: string,
    why = 'use 1 to 128 letters, digits, ".", "_" and "-", beginning with a letter or digit',
  ) {
    super(`run id ${JSON.stringify(String(runId).slice(0, 140))} cannot name a file: ${why}`);
    this.runId = runId;
  }
}
