import type { RunTree } from '@pd/call-log/schema';
import type { Interval } from './interval.ts';
import { isInTurns, TURN_MS } from './turns.ts';

/** From the first to the last time on record, in milliseconds since 1970; never empty. */
export function timeSpan(tree: RunTree): Interval {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  const see = (iso: string | undefined, after = 0) => {
    const time = iso === undefined ? Number.NaN : Date.parse(iso);
    if (Number.isNaN(time)) return;
    start = Math.min(start, time);
    end = Math.max(end, time + after);
  };
  see(tree.run.started_at);
  see(tree.run.ended_at);
  for (const { at } of tree.messages) see(at);
  for (const { calls } of tree.agents) {
    for (const call of calls) {
      see(call.started_at, call.duration_ms);
      see(call.ended_at);
      for (const attempt of call.attempts) see(attempt.ended_at ?? attempt.started_at);
    }
  }
  if (isInTurns(tree)) end += TURN_MS;
  return start <= end ? { start, end: Math.max(end, start + 1) } : { start: 0, end: 1 };
}
