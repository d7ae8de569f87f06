import type { CallNode } from '@pd/call-log/schema';
import type { CallSummary } from '../chat-result.ts';
import type { Received } from './attempts.ts';
import type { PreparedCall } from './prepare-call.ts';

/** A call that needs not be made: an earlier process of the run has made it, and how it ended is on record. */
export interface FinishedCall {
  finished: CallNode;
  /** Of whoever asks for it now. */
  signal: AbortSignal | undefined;
  /** @throws {InvalidHistoryError} where the call failed because of that */
  check: () => void;
}

/** Whether the call is over already. */
export function isFinished(call: PreparedCall | FinishedCall): call is FinishedCall {
  return 'finished' in call;
}

/** What a result says of it. */
export function summaryOf({ finished }: FinishedCall): CallSummary {
  const { id, usage = { source: 'none' }, cost_usd: costUsd, attempts, duration_ms = 0 } = finished;
  return {
    id,
    ended: true,
    usage,
    costUsd,
    costWith: () => costUsd,
    attempts: attempts.length,
    elapsedMs: () => duration_ms,
  };
}

/** What had come of it. */
export function receivedBefore({ finished }: FinishedCall): Received {
  const { post: reply = {}, usage = { source: 'none' } } = finished;
  return { reply, usage };
}
