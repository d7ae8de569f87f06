import type { CallNode, RunTree } from '@pd/call-log/schema';
import { isInTurns, TURN_MS } from './turns.ts';

/** A call with its owner and its place in time (milliseconds since 1970). */
export interface OrderedCall {
  call: CallNode;
  agentId: string;
  start: number;
  end: number;
}

/** All calls of a run in the order of their beginnings, those at the same time in the order of the record. */
export function orderedCalls(tree: RunTree, span: { start: number; end: number }): OrderedCall[] {
  const calls: OrderedCall[] = [];
  const place = isInTurns(tree) ? placeInOrder : placeInTime;
  for (const agent of tree.agents) for (const call of agent.calls) calls.push(place(call, agent.id, span));
  return calls.sort((a, b) => a.start - b.start);
}

/** Each takes its turn, less a little that is left free before the next one. */
function placeInOrder(call: CallNode, agentId: string, span: { start: number }): OrderedCall {
  const start = Date.parse(call.started_at) || span.start;
  return { call, agentId, start, end: start + TURN_MS * 0.9 };
}

function placeInTime(call: CallNode, agentId: string, span: { start: number; end: number }): OrderedCall {
  const start = Date.parse(call.started_at) || span.start;
  const end =
    call.ended_at === undefined ? start + (call.duration_ms ?? 0) : Date.parse(call.ended_at) || start;
  // A call that never ended lasts, as far as anybody knows, until the record ends.
  const isOpen = call.status === 'open' || (call.status === 'interrupted' && call.ended_at === undefined);
  return { call, agentId, start, end: isOpen ? span.end : Math.max(start, end) };
}
