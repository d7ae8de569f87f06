import { AgentError } from './agent-error.ts';

/** What a memory was given cannot be stored or asked. Nothing was written. */
export class InvalidMemoryInputError extends AgentError {
  override readonly name = 'InvalidMemoryInputError';
  readonly code = 'invalid_memory_input';
}
