import type { ResponsesAssembly } from '@pd/call-log/openai-wire';
import { ProviderError } from '../errors/provider-error.ts';
import { TruncatedReplyError } from '../errors/truncated-reply-error.ts';
import type { ResponsesResult } from './responses-result.ts';

/**
 * A response that has ended well: it is whole, or goes on in the background as it was asked to.
 *
 * @throws {ProviderError} when it says that it failed, or that somebody cancelled it
 * @throws {TruncatedReplyError} when it has no end
 */
export function assertWholeResponse(assembly: ResponsesAssembly, toResult: () => ResponsesResult): void {
  const { ending, failure } = assembly;
  if (ending === 'ok') return;
  if (failure !== undefined) {
    const { code, message } = failure;
    throw new ProviderError(message, { ...(code !== undefined && { providerCode: code }) });
  }
  if (ending === 'truncated') throw new TruncatedReplyError(toResult());
  // Whoever cancelled it does not want it again.
  throw new ProviderError('the response was cancelled', { providerCode: 'cancelled', shouldRetry: false });
}
