/** What went wrong at the provider. */
export type ProviderErrorCode =
  | 'bad_request'
  | 'context_length'
  | 'content_filter'
  | 'authentication'
  | 'permission'
  | 'not_found'
  | 'rate_limit'
  | 'server_error'
  | 'provider_error';

const CONTENT_CODES: ReadonlySet<string | undefined> = new Set([
  'content_filter', // Azure
  'content_policy_violation', // OpenAI images
  'invalid_prompt', // OpenAI reasoning models
]);

/**
 * Providers without a code of their own say it in words: Anthropic ("prompt is too long"), Gemini ("input token count …
 * exceeds the maximum"), Mistral ("too large for model with … maximum context length"), vLLM ("maximum context length is").
 */
const CONTEXT_WORDS =
  /maximum context length|prompt is too long|input token count.{0,40}exceeds|context window/i;

/** By HTTP status; what is wrong with the request's length or content, by the provider's code or words. */
export function toProviderErrorCode(
  status: number | undefined,
  providerCode: string | undefined,
  message: string,
): ProviderErrorCode {
  if (providerCode === 'context_length_exceeded') return 'context_length';
  if (CONTENT_CODES.has(providerCode)) return 'content_filter';
  if ((status === 400 || status === 413 || status === 422) && CONTEXT_WORDS.test(message))
    return 'context_length';
  if (status === undefined) return 'provider_error';
  if (status === 401) return 'authentication';
  if (status === 403) return 'permission';
  if (status === 404) return 'not_found';
  if (status === 429) return 'rate_limit';
  if (status >= 500) return 'server_error';
  return status >= 400 ? 'bad_request' : 'provider_error';
}
