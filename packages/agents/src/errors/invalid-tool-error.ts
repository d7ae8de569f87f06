import { AgentError } from './agent-error.ts';

/** A tool that cannot be offered or run as it was defined. */
export class InvalidToolError extends AgentError {
  override readonly name = 'InvalidToolError';
  readonly code = 'invalid_tool';
}
