import type { RunTree } from '@pd/call-log/schema';

/** Where in the picture of a run things stand. */
export interface RunClock {
  /** `order` where the record has no times to tell things apart by: then things stand in their order, one after the other. */
  unit: 'time' | 'order';
  /** How long it all is: milliseconds, or how many things. */
  length: number;
  /** Calls by agent, in the order of the record. */
  spans: Map<string, { start: number; end: number; status: string }[]>;
  /** Messages by sender. */
  sent: Map<string, number[]>;
}

/** The calls and messages of a run in time, or in order. Times that cannot be read leave things out. */
export function runClock(tree: RunTree): RunClock {
  const bounds = timeBounds(tree);
  return bounds === undefined ? inOrder(tree) : inTime(tree, bounds);
}

function timeBounds({ run, agents, messages }: RunTree): { first: number; last: number } | undefined {
  // A conversation has no times; those in its tree only keep the order.
  if (run.started_at === undefined && run.ended_at === undefined) return undefined;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const see = (ms: number) => {
    if (Number.isNaN(ms)) return;
    first = Math.min(first, ms);
    last = Math.max(last, ms);
  };
  for (const { calls } of agents)
    for (const call of calls) {
      const start = Date.parse(call.started_at);
      see(start);
      see(endOf(call, start));
    }
  for (const { at } of messages) see(Date.parse(at));
  // The run itself is longer, but nothing is to be seen there.
  return last > first ? { first, last } : undefined;
}

function endOf(
  call: { ended_at?: string | undefined; duration_ms?: number | undefined },
  start: number,
): number {
  const end = Date.parse(call.ended_at ?? '');
  const ms = Number.isNaN(end) ? start + (call.duration_ms ?? Number.NaN) : end;
  return Number.isNaN(ms) ? start : Math.max(ms, start);
}

function inTime({ agents, messages }: RunTree, { first, last }: { first: number; last: number }): RunClock {
  const clock: RunClock = { unit: 'time', length: last - first, spans: new Map(), sent: new Map() };
  for (const { id, calls } of agents)
    for (const call of calls) {
      const start = Date.parse(call.started_at) - first;
      if (Number.isNaN(start)) continue;
      const end = call.status === 'open' ? clock.length : endOf(call, start + first) - first;
      listOf(clock.spans, id).push({ start, end, status: call.status });
    }
  for (const { from, at } of messages) {
    const ms = Date.parse(at) - first;
    if (from !== undefined && !Number.isNaN(ms)) listOf(clock.sent, from).push(ms);
  }
  return clock;
}

function inOrder({ agents, messages }: RunTree): RunClock {
  const clock: RunClock = { unit: 'order', length: 0, spans: new Map(), sent: new Map() };
  const owners = new Map<string, { agentId: string; status: string }>();
  for (const { id: agentId, calls } of agents)
    for (const { id, status } of calls) owners.set(id, { agentId, status });
  const place = ({ agentId, status }: { agentId: string; status: string }) =>
    listOf(clock.spans, agentId).push({ start: clock.length, end: clock.length + 1, status });
  for (const { from, call_id } of messages) {
    const owner = call_id === undefined ? undefined : owners.get(call_id);
    if (owner !== undefined && call_id !== undefined) {
      owners.delete(call_id);
      place(owner);
    }
    if (from !== undefined) listOf(clock.sent, from).push(clock.length);
    clock.length++;
  }
  for (const owner of owners.values()) {
    place(owner);
    clock.length++;
  }
  return clock;
}

function listOf<T>(lists: Map<string, T[]>, id: string): T[] {
  const list = lists.get(id) ?? [];
  lists.set(id, list);
  return list;
}
