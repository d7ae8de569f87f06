import { CallLogError } from './call-log-error.ts';

/** There is no log at the path that was asked for. */
export class LogNotFoundError extends CallLogError {
  override readonly name = 'LogNotFoundError';
  readonly code = 'log_not_found';
  readonly path: string;

  constructor(
    path: string,
    message = `no log at ${path}: give a journal (<run id>.jsonl) or a tree (<run id>.json)`,
  ) {
    super(message);
    this.path = path;
  }
}
