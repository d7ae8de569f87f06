import { CallLogError } from './call-log-error.ts';

/** The file is there but holds no run. */
export class NotALogError extends CallLogError {
  override readonly name = 'NotALogError';
  readonly code = 'not_a_log';
  readonly path: string;

  constructor(path: string, why: string, options?: ErrorOptions) {
    super(`${path} is not a log of a run: ${why}`, options);
    this.path = path;
  }
}
