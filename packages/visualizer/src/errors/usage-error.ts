import { VisualizerError } from './visualizer-error.ts';

/** The command line was not understood. */
export class UsageError extends VisualizerError {
  override readonly name = 'UsageError';
  readonly code = 'usage';
}
