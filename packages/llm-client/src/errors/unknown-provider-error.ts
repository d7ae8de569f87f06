import { LLMClientError } from './llm-client-error.ts';

/** The part of the model before the slash names no provider. */
export class UnknownProviderError extends LLMClientError {
  override readonly name = 'UnknownProviderError';
  readonly code = 'unknown_provider';
  readonly provider: string;

  constructor(model: string, provider: string, known: readonly string[]) {
    super(
      `model ${JSON.stringify(model)} names the provider ${JSON.stringify(provider)}, which is not known: use one of ${known.join(', ')}, or pass baseURL`,
    );
    this.provider = provider;
  }
}
