import { SCHEMA_VERSION } from '../schema/schema-version.ts';
import { CallLogError } from './call-log-error.ts';

/** The log was written by a newer version of this package. */
export class UnsupportedVersionError extends CallLogError {
  override readonly name = 'UnsupportedVersionError';
  readonly code = 'unsupported_version';
  readonly path: string;
  readonly version: unknown;

  constructor(path: string, version: unknown) {
    super(
      `${path} has schema version ${String(version)}, this @pd/call-log reads up to ${SCHEMA_VERSION}: update @pd/call-log`,
    );
    this.path = path;
    this.version = version;
  }
}
