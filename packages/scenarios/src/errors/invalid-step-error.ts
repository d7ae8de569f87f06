import { ScenarioError } from './scenario-error.ts';

/** A step whose value cannot be on record, so that it would be another one when the scenario is resumed. */
export class InvalidStepError extends ScenarioError {
  override readonly name = 'InvalidStepError';
  readonly code = 'invalid_step';

  /** @param why what the value is, such as `an object of the class Date` */
  constructor(step: string, why: string) {
    super(
      `the value of the step ${JSON.stringify(step)} is ${why}, which JSON cannot hold: give texts, finite numbers, booleans, null, and plain objects and lists of them`,
    );
  }
}
