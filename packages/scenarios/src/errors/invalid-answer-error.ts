import { ScenarioError } from './scenario-error.ts';

/** What somebody is said to have answered or decided is no answer to anything in the run; nothing of it is on record. */
export class InvalidAnswerError extends ScenarioError {
  override readonly name = 'InvalidAnswerError';
  readonly code = 'invalid_answer';
}
