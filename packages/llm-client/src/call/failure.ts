import type { CallEnding, ErrorRecord } from '@pd/call-log/schema';
import { AttemptTimeoutError } from '../errors/attempt-timeout-error.ts';
import { CallTimeoutError } from '../errors/call-timeout-error.ts';
import { LLMClientError } from '../errors/llm-client-error.ts';
import { StreamLeftError } from '../errors/stream-left-error.ts';

/** How a call failed: what goes on record and what the caller gets. */
export interface Failure {
  status: Exclude<CallEnding, 'ok'>;
  error: ErrorRecord;
  /** To be thrown: the signal's reason after an abort, an error of ours otherwise. */
  thrown: unknown;
}

/** Reads a failure from what was thrown and from the signal that may have caused it. */
export function toFailure(thrown: unknown, signal: AbortSignal, callId: string): Failure {
  const cause: unknown = signal.aborted ? signal.reason : thrown;
  if (LLMClientError.isInstance(cause) && isOurs(cause, signal)) cause.callId = callId;
  return { status: statusOf(cause, signal), error: toErrorRecord(cause), thrown: cause };
}

function statusOf(cause: unknown, signal: AbortSignal): Failure['status'] {
  if (cause instanceof CallTimeoutError || cause instanceof AttemptTimeoutError) return 'timeout';
  if (signal.aborted) return 'aborted';
  return LLMClientError.isInstance(cause) && cause.code === 'truncated' ? 'truncated' : 'error';
}

function toErrorRecord(cause: unknown): ErrorRecord {
  if (!(cause instanceof Error)) return { type: typeof cause, message: String(cause) };
  const { code, status, providerCode } = cause as {
    code?: unknown;
    status?: unknown;
    providerCode?: unknown;
  };
  return {
    type: cause.name,
    ...(typeof code === 'string' && { code }),
    ...(typeof status === 'number' && { status }),
    ...(typeof providerCode === 'string' && { provider_code: providerCode }),
    message: cause.message,
  };
}

/** The reason of the caller's own abort is the caller's, whatever its class. */
function isOurs(cause: LLMClientError, signal: AbortSignal): boolean {
  return !signal.aborted || cause instanceof CallTimeoutError || cause instanceof StreamLeftError;
}
