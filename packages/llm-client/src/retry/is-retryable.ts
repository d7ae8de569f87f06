import { LLMClientError } from '../errors/llm-client-error.ts';
import { ProviderError } from '../errors/provider-error.ts';

/** Codes of failures that may pass by themselves, whatever the provider. */
const PASSING: ReadonlySet<string> = new Set([
  'rate_limit',
  'server_error',
  'connection',
  'timeout',
  'truncated',
]);

/** Statuses that the openai SDK repeats, too, beside those of {@link PASSING}: request timeout, conflict. */
const PASSING_STATUSES: ReadonlySet<number | undefined> = new Set([408, 409]);

/** Whether the same request may do better a moment later. The provider's own word (`x-should-retry`) goes first. */
export function isRetryable(failure: unknown): boolean {
  if (!LLMClientError.isInstance(failure)) return false;
  if (!(failure instanceof ProviderError)) return PASSING.has(failure.code);
  if (failure.shouldRetry !== undefined) return failure.shouldRetry;
  // An empty account does not fill itself.
  if (failure.providerCode === 'insufficient_quota') return false;
  // Without a status it came inside a stream: the request itself was accepted.
  return (
    PASSING.has(failure.code) || PASSING_STATUSES.has(failure.status) || failure.code === 'provider_error'
  );
}
