import { LLMClientError } from './llm-client-error.ts';

/** The provider has no URL that is the same for everybody, and none was given. */
export class MissingBaseURLError extends LLMClientError {
  override readonly name = 'MissingBaseURLError';
  readonly code = 'missing_base_url';
  readonly provider: string;

  constructor(model: string, provider: string) {
    const how =
      provider === 'azure'
        ? `pass providers: { azure: { baseURL: azureBaseURL({ resource }) } }`
        : `pass baseURL with the server's own name of the model`;
    super(`model ${JSON.stringify(model)}: ${provider} has no URL that is the same for everybody: ${how}`);
    this.provider = provider;
  }
}
