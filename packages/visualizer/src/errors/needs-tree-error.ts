import { VisualizerError } from './visualizer-error.ts';

/** A graph was given where what was said is needed, which only the tree has. */
export class NeedsTreeError extends VisualizerError {
  override readonly name = 'NeedsTreeError';
  readonly code = 'needs_tree';

  constructor(what: string) {
    super(`${what} shows what was said, which a graph does not hold: give the run's tree instead`);
  }
}
