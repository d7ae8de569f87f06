import { toErrorRecord } from '../journal/error-record.ts';
import type { CallEnding, ErrorRecord } from '../schema/common.ts';

/** How a call or an attempt failed, as the log records it. */
export interface Failure {
  status: Exclude<CallEnding, 'ok'>;
  error: ErrorRecord;
}

/**
 * Reads a failure from what was thrown and from the caller's signal, whose reason wins: an abort is recorded with
 * the caller's reason, and a deadline (`AbortSignal.timeout()`) is a timeout.
 */
export function toFailure(thrown: unknown, signal: AbortSignal | null | undefined): Failure {
  if (signal?.aborted) {
    const error = toErrorRecord(signal.reason);
    return { status: error.type === 'TimeoutError' ? 'timeout' : 'aborted', error };
  }
  const error = describe(thrown);
  if (error.type === 'APIUserAbortError' || error.type === 'AbortError') return { status: 'aborted', error };
  return { status: isTimeout(thrown, error) ? 'timeout' : 'error', error };
}

/** The SDK's errors have no name of their own; their class has. */
function describe(thrown: unknown): ErrorRecord {
  const error = toErrorRecord(thrown);
  if (!(thrown instanceof Error)) return error;
  const { status } = thrown as { status?: unknown };
  return {
    ...error,
    ...(error.type === 'Error' && { type: thrown.constructor.name }),
    ...(typeof status === 'number' && { status }),
  };
}

/** The SDK's own error, or undici's in the cause of a `TypeError: fetch failed`. */
function isTimeout(thrown: unknown, { type }: ErrorRecord): boolean {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause.name : '';
  return `${type} ${cause}`.includes('Timeout');
}
