import type { RunTree } from '@pd/call-log/schema';
import { endOf } from '../graph/call-times.ts';
import type { GraphSource, SourceCall, SourceMessage } from '../graph/graph-source.ts';
import { isTree, sourceOf } from '../graph/source-of.ts';
import { toGraph } from '../graph/to-graph.ts';
import type { ExpandedEdge, ExpandedGraph, ExpandedNode, Lane } from './expanded-graph.ts';
import { type Ordered, timeOrder } from './time-order.ts';

/** A node, when it counts as having happened, and what it came from. */
interface Happened {
  node: ExpandedNode;
  timeMs: number;
  /** Of those at the same time the lowest first. */
  rank: number;
  cause?: SourceCall;
}

/**
 * A run with a node for each call, message and tool call, in lanes, in the order of time. The order is
 * total, also where times are equal, missing or run backwards: what the record puts after something else
 * stands after it. A message that names nobody has no lane and is left out.
 *
 * @param run a run as `@pd/call-log` writes it, or the facts of one
 */
export function toExpandedGraph(run: RunTree | GraphSource): ExpandedGraph {
  const source = isTree(run) ? sourceOf(run) : run;
  const speakers = toGraph(source, { models: false, tools: false }).nodes.filter(({ isSilent }) => !isSilent);
  const lanes = speakers.map(({ key, id, kind, label }): Lane => ({ key, id, kind, label }));
  const laneOf = new Map(lanes.map(({ id }, place) => [id, place]));
  const calls = [...source.calls];
  const order = timeOrder(calls);
  const happened = [...callsOf(calls, order, laneOf), ...messagesOf(source.messages, calls, order, lanes)];
  happened.sort((a, b) => compare(a.timeMs, b.timeMs) || a.rank - b.rank);
  return {
    runId: source.runId,
    ...(source.runName !== undefined && { runName: source.runName }),
    lanes,
    nodes: happened.map(({ node }) => node),
    edges: [...causesOf(happened), ...neighboursOf(happened)],
  };
}

function callsOf(
  calls: readonly SourceCall[],
  order: ReadonlyMap<SourceCall, Ordered>,
  laneOf: ReadonlyMap<string, number>,
): Happened[] {
  return calls.flatMap((call, index) => {
    const { timeMs = Number.NEGATIVE_INFINITY, rank = index } = order.get(call) ?? {};
    const lane = laneOf.get(call.agentId) ?? 0;
    const endMs = endOf(call);
    const node: ExpandedNode = {
      key: `call:${index}`,
      kind: 'call',
      id: call.id,
      lane,
      label: call.model || call.provider,
      status: call.status,
      ...(call.startMs !== undefined && { atMs: call.startMs }),
      ...(endMs !== undefined && { endMs }),
    };
    const tools = call.toolCalls.map(
      ({ id, name, status }, place): Happened => ({
        node: {
          key: `tool:${index}:${place}`,
          kind: 'tool',
          id,
          lane,
          label: name,
          status,
          ...(endMs !== undefined && { atMs: endMs }),
        },
        timeMs: Math.max(timeMs, endMs ?? timeMs),
        rank: rank + 0.25,
        cause: call,
      }),
    );
    return [{ node, timeMs, rank, cause: call }, ...tools];
  });
}

function messagesOf(
  messages: Iterable<SourceMessage>,
  calls: readonly SourceCall[],
  order: ReadonlyMap<SourceCall, Ordered>,
  lanes: readonly Lane[],
): Happened[] {
  const byId = new Map(calls.map((call) => [call.id, call]));
  const laneOf = new Map(lanes.map(({ id }, place) => [id, place]));
  return [...messages].flatMap((message): Happened | never[] => {
    const { index, id, from, to, atMs, callId, status } = message;
    const lane = laneOf.get(from ?? to ?? '');
    if (lane === undefined || (from ?? to) === undefined) return [];
    const cause = callId === undefined ? undefined : byId.get(callId);
    const after = cause === undefined ? undefined : order.get(cause);
    const toLane = to === undefined ? undefined : laneOf.get(to);
    return {
      node: {
        key: `message:${index}`,
        kind: 'message',
        id,
        lane,
        ...(toLane !== undefined && { toLane }),
        label: toLane === undefined ? '' : (lanes[toLane]?.label ?? ''),
        status,
        ...(atMs !== undefined && { atMs }),
      },
      timeMs: Math.max(atMs ?? Number.NEGATIVE_INFINITY, after?.timeMs ?? Number.NEGATIVE_INFINITY),
      // What came from no call stands before the calls of the same moment, which may be about it.
      rank: after === undefined ? -1 : after.rank + 0.5,
      ...(cause !== undefined && { cause }),
    };
  });
}

function* causesOf(happened: readonly Happened[]): Generator<ExpandedEdge> {
  const placeOf = new Map<SourceCall, number>();
  const byId = new Map<string, number>();
  happened.forEach(({ node, cause }, place) => {
    if (node.kind !== 'call' || cause === undefined) return;
    placeOf.set(cause, place);
    byId.set(node.id, place);
  });
  for (const [place, { node, cause }] of happened.entries()) {
    if (cause === undefined) continue;
    if (node.kind === 'call') {
      const outer = cause.parentCallId === undefined ? undefined : byId.get(cause.parentCallId);
      if (outer !== undefined) yield { kind: 'nested', from: outer, to: place };
      continue;
    }
    const from = placeOf.get(cause);
    if (from !== undefined) yield { kind: node.kind === 'tool' ? 'used' : 'said', from, to: place };
  }
}

function* neighboursOf(happened: readonly Happened[]): Generator<ExpandedEdge> {
  const lastOf = new Map<number, number>();
  for (const [place, { node }] of happened.entries()) {
    const last = lastOf.get(node.lane);
    if (last !== undefined) yield { kind: 'next', from: last, to: place };
    lastOf.set(node.lane, place);
  }
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
