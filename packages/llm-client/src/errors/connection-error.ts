import { LLMClientError } from './llm-client-error.ts';

/** The server could not be reached, or the connection broke. */
export class ConnectionError extends LLMClientError {
  override readonly name = 'ConnectionError';
  readonly code = 'connection';
  readonly baseURL: string;

  constructor(baseURL: string, reason: string, options?: ErrorOptions) {
    super(`cannot reach ${baseURL}: ${reason}`, options);
    this.baseURL = baseURL;
  }
}
