import { LLMClientError } from '../../errors/llm-client-error.ts';

/** Steps that no call has asked for when the script should be over. */
export class StepsLeftError extends LLMClientError {
  override readonly name = 'StepsLeftError';
  readonly code = 'steps_left';
  /** The steps, counted from 1. */
  readonly steps: readonly number[];

  constructor(steps: readonly number[], message: string) {
    super(message);
    this.steps = steps;
  }
}
