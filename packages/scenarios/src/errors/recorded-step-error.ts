import { ScenarioError } from './scenario-error.ts';

/** A step that failed when the run was recorded, and so fails again when it is resumed. */
export class RecordedStepError extends ScenarioError {
  override readonly name = 'RecordedStepError';
  readonly code = 'recorded_step_failed';

  constructor(step: string, why = 'no reason is on record') {
    super(`the step ${JSON.stringify(step)} failed when it was recorded: ${why}`);
  }
}
