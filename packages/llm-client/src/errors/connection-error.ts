import { LLMClientError } from './llm-client-error.ts';

/** The server could not be reached, or the connection broke. */
export class ConnectionError extends LLMClientError {
  override readonly name = 'ConnectionError';
  readonly code = 'connection';
}
