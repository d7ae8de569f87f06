import { CallLogError } from './call-log-error.ts';

/** A large part of a record is not in the run's folder of blobs, or is not what was put there. */
export class MissingBlobError extends CallLogError {
  override readonly name = 'MissingBlobError';
  readonly code = 'missing_blob';
  /** Where it should be. */
  readonly path: string;

  constructor(path: string, what: string, options?: ErrorOptions) {
    super(`the blob ${path} ${what}: copy the folder of the run together with its journal`, options);
    this.path = path;
  }
}
