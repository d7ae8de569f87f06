import { VisualizerError } from './visualizer-error.ts';

/** An optional package that this needs is not installed. */
export class MissingPackageError extends VisualizerError {
  override readonly name = 'MissingPackageError';
  readonly code = 'missing_package';
  /** As npm calls it. */
  readonly packageName: string;

  constructor(what: string, packageName: string, cause: unknown) {
    super(`${what} needs ${packageName}, which is not installed: npm install ${packageName}`, { cause });
    this.packageName = packageName;
  }
}
