import { LLMClientError } from './llm-client-error.ts';

/** The provider has no such endpoint. Nothing has been sent. */
export class UnsupportedOperationError extends LLMClientError {
  override readonly name = 'UnsupportedOperationError';
  readonly code = 'unsupported_operation';
  readonly provider: string;
  readonly operation: 'responses' | 'embeddings';

  constructor(provider: string, operation: 'responses' | 'embeddings', instead: string) {
    super(`${provider} has no endpoint for ${operation}: ${instead}`);
    this.provider = provider;
    this.operation = operation;
  }
}
