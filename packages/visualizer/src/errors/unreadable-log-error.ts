import { VisualizerError } from './visualizer-error.ts';

/** What was given is there, but no picture can be made of it. */
export class UnreadableLogError extends VisualizerError {
  override readonly name = 'UnreadableLogError';
  readonly code = 'unreadable_log';
  readonly path: string;

  constructor(path: string, why: string, options?: ErrorOptions) {
    super(`${path} ${why}`, options);
    this.path = path;
  }
}
