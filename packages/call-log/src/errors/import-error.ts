import { CallLogError } from './call-log-error.ts';

/** A file that cannot become a run. */
export class ImportError extends CallLogError {
  override readonly name = 'ImportError';
  readonly code = 'import_failed';
  readonly path: string;

  constructor(path: string, why: string, options?: ErrorOptions) {
    super(`${path} cannot be imported: ${why}`, options);
    this.path = path;
  }
}
