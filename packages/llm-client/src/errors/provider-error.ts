import { LLMClientError } from './llm-client-error.ts';
import { type ProviderErrorCode, toProviderErrorCode } from './provider-error-code.ts';

/** What an answer that is an error says beside its message. */
export interface ProviderErrorDetails {
  status?: number;
  providerCode?: string;
  requestId?: string;
  retryAfterMs?: number;
  shouldRetry?: boolean;
  headers?: Headers;
}

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
  /** How long it asks to wait, in milliseconds (`retry-after-ms`, `Retry-After`). */
  readonly retryAfterMs: number | undefined;
  /** Whether it wants the request again (`x-should-retry`). */
  readonly shouldRetry: boolean | undefined;
  /** Of the answer. Not enumerable, because it may hold cookies. */
  readonly headers!: Headers | undefined;

  constructor(message: string, details: ProviderErrorDetails, options?: ErrorOptions) {
    super(message, options);
    this.status = details.status;
    this.code = toProviderErrorCode(details.status, details.providerCode, message);
    this.providerCode = details.providerCode;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
    this.shouldRetry = details.shouldRetry;
    Object.defineProperty(this, 'headers', { value: details.headers, enumerable: false });
  }
}
