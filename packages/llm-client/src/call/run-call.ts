import type { BackendRequest } from '../backend/backend.ts';
import type { Count } from './assembly.ts';
import { Attempts, type Received } from './attempts.ts';
import type { PreparedCall } from './prepare-call.ts';

/** One attempt at an answer that comes as a whole. */
export interface Answer<Result> {
  /** @throws unless the answer is whole */
  ask(request: BackendRequest, count: Count): Promise<void>;
  /** What has come of it, for the record. */
  received(): Received;
  /** @param received what has come of it, as it went on record */
  result(received: Received): Result;
}

/**
 * One call without streaming, from its first record to its last.
 *
 * @param toResult what the caller gets for a reply that was kept
 */
export async function runCall<Result>(
  call: PreparedCall,
  createAnswer: () => Answer<Result>,
  toResult?: (kept: Received) => Result,
): Promise<Result> {
  try {
    // A call that is not held enters its gates before its caller goes on.
    if (call.hold !== undefined) await call.hold();
    const attempts = new Attempts(call);
    const { cache } = call;
    // Without a cache the gates are entered at once.
    if (toResult !== undefined && cache !== undefined) {
      const kept = await attempts.kept(cache);
      if (kept !== undefined) return toResult(kept);
    }
    for (;;) {
      const answer = createAnswer();
      try {
        await answer.ask(await attempts.begin(), (received) => attempts.counted(received));
        const received = answer.received();
        attempts.assertUnfiltered(received);
        attempts.succeeded(received);
        return answer.result(received);
      } catch (cause) {
        await attempts.failed(cause, answer.received());
      }
    }
  } finally {
    call.deadline.clear();
  }
}
