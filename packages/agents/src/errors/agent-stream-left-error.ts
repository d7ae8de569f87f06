import { AgentError } from './agent-error.ts';

/** `result()` of an answer whose reader stopped before its end. */
export class AgentStreamLeftError extends AgentError {
  override readonly name = 'AgentStreamLeftError';
  readonly code = 'stream_left';

  constructor() {
    super(
      'the answer was left before its end, so there is no result: read it to its end, or call result() instead',
    );
  }
}
