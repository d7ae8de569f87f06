import { LLMClientError } from './llm-client-error.ts';

/** The provider wants an API key and there is none. */
export class MissingKeyError extends LLMClientError {
  override readonly name = 'MissingKeyError';
  readonly code = 'missing_key';
  readonly provider: string;
  /** The environment variable that usually holds this provider's key. */
  readonly variable: string;
  /** All that are in use for it, the usual one first. */
  readonly variables: readonly string[];

  constructor(provider: string, variables: readonly [string, ...string[]]) {
    super(
      `no API key for ${provider}: pass apiKey (by convention from the environment variable ${variables.join(' or ')})`,
    );
    this.provider = provider;
    this.variable = variables[0];
    this.variables = variables;
  }
}
