import type { AttemptNode, CallNode } from '@pd/call-log/schema';
import { AttemptTimeoutError } from '../errors/attempt-timeout-error.ts';
import { CallTimeoutError } from '../errors/call-timeout-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { FilteredReplyError } from '../errors/filtered-reply-error.ts';
import { MalformedReplyError } from '../errors/malformed-reply-error.ts';
import { ProviderError } from '../errors/provider-error.ts';

/**
 * Fails as a recorded call failed, with an error of the same class and code. A truncated reply has no finish
 * reason on record and fails by itself; an abort, whose reason is not on record, becomes a {@link ProviderError}.
 */
export function throwIfFailed({ status, error, duration_ms = 0 }: CallNode | AttemptNode): void {
  if (error?.type === 'AttemptTimeoutError') throw new AttemptTimeoutError(duration_ms);
  if (status === 'timeout') throw new CallTimeoutError(duration_ms);
  if (status !== 'error' && status !== 'aborted') return;
  const { message = 'the recorded call failed', code, status: httpStatus, provider_code } = error ?? {};
  if (error?.type === 'FilteredReplyError') throw new FilteredReplyError(message);
  if (code === 'connection') throw new ConnectionError(message);
  if (code === 'malformed_reply') throw new MalformedReplyError(message);
  throw new ProviderError(message, {
    ...(httpStatus !== undefined && { status: httpStatus }),
    ...(provider_code !== undefined && { providerCode: provider_code }),
  });
}
