import { throwIfFailed } from '../cassette/recorded-failure.ts';
import { type CallSummary, toChatResult } from '../chat-result.ts';
import { LLMClientError } from '../errors/llm-client-error.ts';
import { RecordedError } from '../errors/recorded-error.ts';
import { TruncatedReplyError } from '../errors/truncated-reply-error.ts';
import type { Received } from './attempts.ts';
import { type FinishedCall, receivedBefore, summaryOf } from './finished-call.ts';

/** The errors whose class has no more to say than the record. */
const RESTORED: ReadonlySet<string> = new Set([
  'ProviderError',
  'ConnectionError',
  'MalformedReplyError',
  'AttemptTimeoutError',
  'CallTimeoutError',
  'FilteredReplyError',
]);

/**
 * The result of a call that is over.
 *
 * @throws what {@link failAgain} throws
 */
export async function finishedResult<Result>(
  call: FinishedCall,
  toResult: (summary: CallSummary, received: Received) => Result,
): Promise<Result> {
  failAgain(call);
  return toResult(summaryOf(call), receivedBefore(call));
}

/**
 * Fails as the call did before, if it did.
 *
 * @throws an error with the class and the code of then; {@link RecordedError} where the class cannot be had from the record;
 * the signal's reason
 */
export function failAgain(call: FinishedCall): void {
  call.signal?.throwIfAborted();
  const { id, status } = call.finished;
  if (status === 'ok') return;
  try {
    throwAgain(call);
  } catch (error) {
    if (LLMClientError.isInstance(error)) error.callId = id;
    throw error;
  }
}

function throwAgain(call: FinishedCall): void {
  const { finished, check } = call;
  const { error, status } = finished;
  if (status === 'truncated')
    throw new TruncatedReplyError(toChatResult(summaryOf(call), receivedBefore(call)));
  if (error?.type === 'InvalidHistoryError') check();
  if (error !== undefined && !RESTORED.has(error.type)) throw new RecordedError(error);
  throwIfFailed(finished);
}
