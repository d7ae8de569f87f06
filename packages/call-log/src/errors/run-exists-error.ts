import { CallLogError } from './call-log-error.ts';

/** A run with this id is already on record; a journal is never written over. */
export class RunExistsError extends CallLogError {
  override readonly name = 'RunExistsError';
  readonly code = 'run_exists';
  readonly path: string;

  constructor(path: string) {
    super(`${path} exists already: choose another run id, or leave it out to get a new one`);
    this.path = path;
  }
}
