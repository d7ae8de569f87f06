import type { CallNode, MessageNode, RunTree, ToolCallNode } from '@pd/call-log/schema';

interface At {
  /** Milliseconds since 1970. */
  ms: number;
  /** The number of the call it belongs to, from 0, in the order in which calls began. */
  call: number;
  /** Its place among what belongs to the same call and happened in the same millisecond. */
  rank: (typeof RANK)[keyof typeof RANK];
}

const RANK = { leadsToCall: 0, pre: 1, post: 2, tool: 3, message: 4 } as const;

/** Something that happened, with the call it belongs to. */
export type Moment =
  /** A call goes out. */
  | (At & { type: 'pre'; agentId: string; node: CallNode })
  /** A call has ended. */
  | (At & { type: 'post'; agentId: string; node: CallNode })
  /** A tool was used for a call. */
  | (At & { type: 'tool'; agentId: string; node: ToolCallNode })
  | (At & { type: 'message'; node: MessageNode });

interface TimedCall {
  agentId: string;
  node: CallNode;
  begin: number;
  /** Absent while it is open. */
  end?: number;
}

/** All that happened in a run. */
export interface Moments {
  /** When the run began, as far as the record tells; milliseconds since 1970. */
  begin?: number;
  byTime: Moment[];
  /** Call after call, as if they had not overlapped; in the order of time within each. */
  byCall: Moment[];
}

/**
 * Puts a run in order. The record has no time for the use of a tool: it stands at the end of the call that asked for it.
 * A message that no call wrote belongs to the call that begins next, because it led to it. A time that is missing or cannot be read is
 * that of the run's beginning; an end before its beginning is the beginning. A call that was interrupted ends with the run.
 */
export function momentsOf(tree: RunTree): Moments {
  const begin = firstTime(tree);
  const fallback = begin ?? 0;
  const calls = timedCalls(tree, fallback);
  const numbers = new Map(calls.map(({ node }, number) => [node.id, number]));
  const begins = calls.map(({ begin }) => begin);
  const byTime: Moment[] = [];

  calls.forEach(({ agentId, node, begin, end }, call) => {
    byTime.push({ type: 'pre', ms: begin, call, rank: RANK.pre, agentId, node });
    if (end !== undefined) byTime.push({ type: 'post', ms: end, call, rank: RANK.post, agentId, node });
    for (const tool of node.tool_calls)
      byTime.push({ type: 'tool', ms: end ?? begin, call, rank: RANK.tool, agentId, node: tool });
  });
  for (const node of tree.messages) {
    const ms = toMs(node.at) ?? fallback;
    const author = node.call_id === undefined ? undefined : numbers.get(node.call_id);
    const next = Math.min(firstFrom(begins, ms), Math.max(0, calls.length - 1));
    if (author !== undefined) byTime.push({ type: 'message', ms, call: author, rank: RANK.message, node });
    else byTime.push({ type: 'message', ms, call: next, rank: RANK.leadsToCall, node });
  }
  byTime.sort((a, b) => a.ms - b.ms || a.call - b.call || a.rank - b.rank);
  const byCall = [...byTime].sort((a, b) => a.call - b.call);
  return { ...(begin !== undefined && { begin }), byTime, byCall };
}

function timedCalls(tree: RunTree, fallback: number): TimedCall[] {
  const calls: TimedCall[] = [];
  const runEnd = toMs(tree.run.ended_at);
  for (const { id: agentId, calls: nodes } of tree.agents)
    for (const node of nodes) {
      const begin = toMs(node.started_at) ?? fallback;
      const end = toMs(node.ended_at) ?? (node.status === 'interrupted' ? runEnd : undefined);
      const isOver = end !== undefined || node.status !== 'open';
      calls.push({ agentId, node, begin, ...(isOver && { end: Math.max(begin, end ?? begin) }) });
    }
  return calls.sort((a, b) => a.begin - b.begin);
}

/** When the run began, as far as the record tells. */
function firstTime(tree: RunTree): number | undefined {
  const begin = toMs(tree.run.started_at);
  if (begin !== undefined) return begin;
  let first: number | undefined;
  const consider = (ms: number | undefined) => {
    if (ms !== undefined && (first === undefined || ms < first)) first = ms;
  };
  for (const { calls } of tree.agents) for (const call of calls) consider(toMs(call.started_at));
  for (const { at } of tree.messages) consider(toMs(at));
  return first;
}

/** Milliseconds on either side of 1970 that fit 64 bits of nanoseconds, which is until the year 2261. */
const FARTHEST_MS = 9.2e12;

function toMs(time: string | undefined): number | undefined {
  const ms = time === undefined ? Number.NaN : Date.parse(time);
  return Math.abs(ms) <= FARTHEST_MS ? ms : undefined;
}

/** The first place in a sorted list whose value is not below `value`. */
function firstFrom(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
