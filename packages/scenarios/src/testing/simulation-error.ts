import { ScenarioError } from '../errors/scenario-error.ts';

/** What was tried failed with one of the seeds. */
export class SimulationError extends ScenarioError {
  override readonly name = 'SimulationError';
  readonly code = 'simulation_failed';
  readonly seed: number;

  constructor(seed: number, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`seed ${seed} failed: ${why}\nOnly this one again: { only: ${seed} }`, { cause });
    this.seed = seed;
  }
}
