import { CallLogError } from './call-log-error.ts';

/** What was given to join a run with does not come from `shareRun()`. */
export class InvalidRunShareError extends CallLogError {
  override readonly name = 'InvalidRunShareError';
  readonly code = 'invalid_run_share';

  constructor(why: string, options?: ErrorOptions) {
    super(
      `cannot join a run: ${why}; pass on what shareRun() gave (PD_RUN_SHARE in the environment)`,
      options,
    );
  }
}
