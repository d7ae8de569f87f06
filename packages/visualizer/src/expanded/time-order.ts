import type { SourceCall } from '../graph/graph-source.ts';

/** When a call counts as begun, and its place among those that began at the same time. */
export interface Ordered {
  timeMs: number;
  rank: number;
}

/**
 * Puts calls in an order that respects the record where clocks do not: a call is never before the one that
 * its agent made before it, nor before the one that it was made for. Calls that name each other in a circle
 * keep the order of the record. Linear in the calls.
 */
export function timeOrder(calls: readonly SourceCall[]): Map<SourceCall, Ordered> {
  const waiting = new Map<SourceCall, SourceCall[]>();
  const before = causes(calls);
  const missing = new Map<SourceCall, number>();
  for (const call of calls) {
    const of = before.get(call) ?? [];
    missing.set(call, of.length);
    for (const cause of of) {
      const followers = waiting.get(cause);
      if (followers === undefined) waiting.set(cause, [call]);
      else followers.push(call);
    }
  }
  const ordered = new Map<SourceCall, Ordered>();
  const settle = (first: SourceCall) => {
    const queue = [first];
    // Grows while it is gone through.
    for (const call of queue) {
      if (ordered.has(call)) continue;
      let timeMs = call.startMs ?? Number.NEGATIVE_INFINITY;
      for (const cause of before.get(call) ?? [])
        timeMs = Math.max(timeMs, ordered.get(cause)?.timeMs ?? timeMs);
      ordered.set(call, { timeMs, rank: ordered.size });
      for (const follower of waiting.get(call) ?? []) {
        const left = (missing.get(follower) ?? 1) - 1;
        missing.set(follower, left);
        if (left === 0) queue.push(follower);
      }
    }
  };
  for (const call of calls) if (missing.get(call) === 0) settle(call);
  for (const call of calls) settle(call);
  return ordered;
}

/** The agent's call before this one, and the one that it was made for. */
function causes(calls: readonly SourceCall[]): Map<SourceCall, SourceCall[]> {
  const byId = new Map(calls.map((call) => [call.id, call]));
  const lastOf = new Map<string, SourceCall>();
  const before = new Map<SourceCall, SourceCall[]>();
  for (const call of calls) {
    const last = lastOf.get(call.agentId);
    const parent = call.parentCallId === undefined ? undefined : byId.get(call.parentCallId);
    before.set(
      call,
      [last, parent].filter((cause) => cause !== undefined),
    );
    lastOf.set(call.agentId, call);
  }
  return before;
}
