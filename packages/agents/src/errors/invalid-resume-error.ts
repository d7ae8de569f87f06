import { AgentError } from './agent-error.ts';

/** What was given to `resume()` is no pending approval of this agent, or a decision is missing. Nothing was run. */
export class InvalidResumeError extends AgentError {
  override readonly name = 'InvalidResumeError';
  readonly code = 'invalid_resume';
}
