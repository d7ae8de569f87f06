import { LLMClientError } from './llm-client-error.ts';

/** The provider wants an API key and there is none. */
export class MissingKeyError extends LLMClientError {
  override readonly name = 'MissingKeyError';
  readonly code = 'missing_key';
  readonly provider: string;
  /** The environment variable that holds this provider's key by convention. */
  readonly variable: string;

  constructor(provider: string, variable: string) {
    super(
      `no API key for ${provider}: pass apiKey (by convention from the environment variable ${variable})`,
    );
    this.provider = provider;
    this.variable = variable;
  }
}
