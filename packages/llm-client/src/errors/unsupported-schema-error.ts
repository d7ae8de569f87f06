import { LLMClientError } from './llm-client-error.ts';

/** A schema that no model can be asked to follow: JSON cannot hold it, or it does not say what its JSON Schema is. */
export class UnsupportedSchemaError extends LLMClientError {
  override readonly name = 'UnsupportedSchemaError';
  readonly code = 'unsupported_schema';

  constructor(reason: string, options?: ErrorOptions) {
    super(`the schema cannot be given to a model: ${reason}`, options);
  }
}
