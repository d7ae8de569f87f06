import { ConnectionError } from '../errors/connection-error.ts';
import { LLMClientError } from '../errors/llm-client-error.ts';
import { ProviderError } from '../errors/provider-error.ts';

/** Codes of failures to even reach a server. */
const NEVER_REACHED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Codes of failures before anything is sent. */
const BEFORE_SENDING: ReadonlySet<string> = new Set(['missing_key', 'unknown_provider', 'replay_miss']);

/**
 * Whether an attempt that failed so may have to be paid for. Not when it never reached a server, nor when the provider
 * answered it with an HTTP error; but when it was aborted, late or cut off, as far as anybody can know.
 */
export function isBillable(failure: unknown): boolean {
  // Without a status the error came inside a stream, after the provider had begun.
  if (failure instanceof ProviderError) return failure.status === undefined;
  if (failure instanceof ConnectionError) return !hasCode(failure, NEVER_REACHED);
  return !(LLMClientError.isInstance(failure) && BEFORE_SENDING.has(failure.code));
}

function hasCode(error: unknown, codes: ReadonlySet<unknown>): boolean {
  for (let each = error, depth = 0; each instanceof Error && depth < 10; each = each.cause, depth++) {
    if ('code' in each && codes.has(each.code)) return true;
    // Several addresses were tried, and all of them failed.
    if (each instanceof AggregateError && each.errors.length > 0)
      return each.errors.every((one) => hasCode(one, codes));
  }
  return false;
}
