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
  const times = distinctTimes(tree);
  if (times.length < 2) return inOrder(tree);
  const [first = 0] = times;
  // A conversation has no times; those in its tree only keep the order.
  if (tree.run.started_at !== undefined || tree.run.ended_at !== undefined)
    return inTime(tree, {
      unit: 'time',
      length: (times.at(-1) ?? first) - first,
      placeOf: (ms) => ms - first,
    });
  const ranks = new Map(times.map((ms, rank) => [ms, rank]));
  const placeOf = (ms: number) => ranks.get(ms) ?? Number.NaN;
  return inTime(tree, { unit: 'order', length: times.length, placeOf });
}

/** From the first to the last. The run itself may be longer, but nothing is to be seen there. */
function distinctTimes({ agents, messages }: RunTree): number[] {
  const times = new Set<number>();
  for (const { calls } of agents)
    for (const call of calls) {
      const start = Date.parse(call.started_at);
      times.add(start).add(endOf(call, start));
    }
  for (const { at } of messages) times.add(Date.parse(at));
  times.delete(Number.NaN);
  return [...times].sort((a, b) => a - b);
}

function endOf(
  call: { ended_at?: string | undefined; duration_ms?: number | undefined },
  start: number,
): number {
  const end = Date.parse(call.ended_at ?? '');
  const ms = Number.isNaN(end) ? start + (call.duration_ms ?? Number.NaN) : end;
  return Number.isNaN(ms) ? start : Math.max(ms, start);
}

interface Scale extends Pick<RunClock, 'unit' | 'length'> {
  placeOf(ms: number): number;
}

function inTime({ agents, messages }: RunTree, { unit, length, placeOf }: Scale): RunClock {
  const clock: RunClock = { unit, length, spans: new Map(), sent: new Map() };
  for (const { id, calls } of agents)
    for (const call of calls) {
      const began = Date.parse(call.started_at);
      const start = placeOf(began);
      if (Number.isNaN(start)) continue;
      const last = unit === 'order' ? start + 1 : placeOf(endOf(call, began));
      listOf(clock.spans, id).push({
        start,
        end: call.status === 'open' ? length : last,
        status: call.status,
      });
    }
  for (const { from, at } of messages) {
    const place = placeOf(Date.parse(at));
    if (from !== undefined && !Number.isNaN(place)) listOf(clock.sent, from).push(place);
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
