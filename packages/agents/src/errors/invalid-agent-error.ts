import { AgentError } from './agent-error.ts';

/** An agent that could not work as it was to be made: no usable identity, or options that make no sense. */
export class InvalidAgentError extends AgentError {
  override readonly name = 'InvalidAgentError';
  readonly code = 'invalid_agent';
}

/** @throws {InvalidAgentError} when the id is missing or no text */
export function checkIdentity(identity: { id: unknown } | undefined): void {
  if (typeof identity?.id === 'string' && identity.id.trim() !== '') return;
  throw new InvalidAgentError(
    `an agent needs an id to be on record under; got ${JSON.stringify(identity?.id) ?? 'nothing'}`,
  );
}
