import { ScenarioError } from './scenario-error.ts';

/** A member had nothing to say where its answer counts. */
export class EmptyAnswerError extends ScenarioError {
  override readonly name = 'EmptyAnswerError';
  readonly code = 'empty_answer';
}
