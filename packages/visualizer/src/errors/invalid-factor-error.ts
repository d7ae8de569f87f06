import { VisualizerError } from './visualizer-error.ts';

/** A factor that no duration can be multiplied by. */
export class InvalidFactorError extends VisualizerError {
  override readonly name = 'InvalidFactorError';
  readonly code = 'invalid_factor';

  constructor(factor: number) {
    super(
      `a factor says how much of its time something takes, such as 0.5 for half: give 0 or more, not ${factor}`,
    );
  }
}
