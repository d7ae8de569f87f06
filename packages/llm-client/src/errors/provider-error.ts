import { LLMClientError } from './llm-client-error.ts';

/** What went wrong at the provider, by HTTP status. */
export type ProviderErrorCode =
  | 'bad_request'
  | 'authentication'
  | 'permission'
  | 'not_found'
  | 'rate_limit'
  | 'server_error'
  | 'provider_error';

/** The provider answered with an error. */
export class ProviderError extends LLMClientError {
  override readonly name = 'ProviderError';
  readonly code: ProviderErrorCode;
  /** HTTP status; absent when the error came inside a stream. */
  readonly status: number | undefined;
  /** The provider's own code for it, such as `context_length_exceeded`. */
  readonly providerCode: string | undefined;
  /** The provider's id of the request, for its support. */
  readonly requestId: string | undefined;

  constructor(
    message: string,
    details: { status?: number; providerCode?: string; requestId?: string },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.status = details.status;
    this.code = codeOf(details.status);
    this.providerCode = details.providerCode;
    this.requestId = details.requestId;
  }
}

function codeOf(status: number | undefined): ProviderErrorCode {
  if (status === undefined) return 'provider_error';
  if (status === 401) return 'authentication';
  if (status === 403) return 'permission';
  if (status === 404) return 'not_found';
  if (status === 429) return 'rate_limit';
  if (status >= 500) return 'server_error';
  return status >= 400 ? 'bad_request' : 'provider_error';
}
