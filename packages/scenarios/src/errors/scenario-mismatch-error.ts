import { ScenarioError } from './scenario-error.ts';

/** A run that cannot be resumed with this scenario: it was made by another one, another version, or by none. */
export class ScenarioMismatchError extends ScenarioError {
  override readonly name = 'ScenarioMismatchError';
  readonly code = 'scenario_mismatch';
}
