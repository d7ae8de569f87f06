import { endOf } from './call-times.ts';
import type { GraphSource, SourceCall } from './graph-source.ts';
import { agentKey, edgeKey, modelKey, toolKey } from './keys.ts';
import { OwnedTimes } from './owned-times.ts';
import type { GraphEdge, RunGraph } from './run-graph.ts';
import { isFailed } from './totals.ts';

/**
 * A graph at a moment, as columns: place n of an edge's column is `graph.edges[n]`, of a node's
 * `graph.nodes[n]`. `NaN` is what is not known or has not happened.
 */
export interface GraphMoment {
  atMs: number;
  edgeCounts: Uint32Array;
  /** When the last message was sent, or the last call began. */
  edgeLastMs: Float64Array;
  /** Calls begun by agents, or of models; tool calls of tools. */
  nodeCalls: Uint32Array;
  /** Of these, the ones that were going on. */
  nodeOpenCalls: Uint32Array;
  nodeErrors: Float64Array;
  nodeCostUsd: Float64Array;
  /** When a call last began or ended, or a message was sent or received. */
  nodeLastMs: Float64Array;
}

/** Moves over a run's time. */
export interface GraphClock {
  /** The run at this moment, in ms since 1970. The columns are the same ones every time, filled anew. */
  moveTo(atMs: number): GraphMoment;
}

/**
 * A clock for scrubbing: what `toGraph(source, { atMs })` counts, without folding anew. Making one costs
 * about as much as folding the graph; moving it costs a step per node and edge and one per event passed.
 *
 * @param graph of the same source; what is not in it is not counted
 */
export function createGraphClock(source: GraphSource, graph: RunGraph): GraphClock {
  const nodes = new Map(graph.nodes.map(({ key }, index) => [key, index]));
  const edges = new Map(graph.edges.map(({ key }, index) => [key, index]));
  const onEdges = new Happenings();
  const begun = new Happenings();
  const ended = new Happenings();
  const outcomes = new Happenings();
  const activity = new Happenings();

  const addToEdge = (kind: GraphEdge['kind'], from: string, to: string, atMs: number) =>
    onEdges.add(edges.get(edgeKey(kind, from, to)), atMs);
  for (const call of source.calls) {
    const { startMs: start = Number.NEGATIVE_INFINITY, status, costUsd } = call;
    const [agent, model] = [agentKey(call.agentId), modelKey(call.provider, call.model)];
    const end = effectiveEnd(call, start);
    addToEdge('call', agent, model, start);
    // An open call that says more than that it began has said so from the start.
    const known = end ?? start;
    for (const key of [agent, model]) {
      const node = nodes.get(key);
      begun.add(node, start);
      activity.add(node, start);
      outcomes.add(node, known, isFailed(status), costUsd);
      if (end === undefined) continue;
      ended.add(node, end);
      activity.add(node, end);
    }
    for (const { name, status: toolStatus } of call.toolCalls) {
      const tool = toolKey(name);
      const node = nodes.get(tool);
      addToEdge('tool', agent, tool, known);
      begun.add(node, known);
      activity.add(node, known);
      outcomes.add(node, known, isFailed(toolStatus));
      if (toolStatus !== 'open') ended.add(node, known);
    }
  }
  for (const { from, to, atMs = Number.NEGATIVE_INFINITY } of source.messages) {
    if (from !== undefined) activity.add(nodes.get(agentKey(from)), atMs);
    if (to !== undefined) activity.add(nodes.get(agentKey(to)), atMs);
    if (from !== undefined && to !== undefined) addToEdge('message', agentKey(from), agentKey(to), atMs);
  }
  return clockOf({
    edges: onEdges.inTime(graph.edges.length),
    begun: begun.inTime(graph.nodes.length),
    ended: ended.inTime(graph.nodes.length),
    outcomes: outcomes.inTime(graph.nodes.length),
    activity: activity.inTime(graph.nodes.length),
    errors: outcomes.errors,
    costs: outcomes.costs,
  });
}

/** When a call was over, which is not before it began, whatever the clocks say; absent while it is open. */
function effectiveEnd(call: SourceCall, start: number): number | undefined {
  const end = endOf(call);
  if (end !== undefined) return Math.max(start, end);
  return call.status === 'open' ? undefined : start;
}

/** What happens, until it is put in order. */
class Happenings {
  readonly owners: number[] = [];
  readonly times: number[] = [];
  readonly errors: number[] = [];
  readonly costs: (number | undefined)[] = [];

  add(owner: number | undefined, atMs: number, isError = false, costUsd?: number): void {
    if (owner === undefined) return;
    this.owners.push(owner);
    this.times.push(atMs);
    this.errors.push(isError ? 1 : 0);
    this.costs.push(costUsd);
  }

  inTime(ownerCount: number): OwnedTimes {
    return new OwnedTimes(this.owners, this.times, ownerCount);
  }
}

interface ClockParts {
  edges: OwnedTimes;
  begun: OwnedTimes;
  ended: OwnedTimes;
  outcomes: OwnedTimes;
  activity: OwnedTimes;
  errors: readonly number[];
  costs: readonly (number | undefined)[];
}

function clockOf({ edges, begun, ended, outcomes, activity, errors, costs }: ClockParts): GraphClock {
  const nodeCount = begun.counts.length;
  const errorSums = outcomes.sumsOf(errors);
  const costSums = outcomes.sumsOf(costs);
  const moment: GraphMoment = {
    atMs: Number.NEGATIVE_INFINITY,
    edgeCounts: edges.counts,
    edgeLastMs: new Float64Array(edges.counts.length),
    nodeCalls: begun.counts,
    nodeOpenCalls: new Uint32Array(nodeCount),
    nodeErrors: new Float64Array(nodeCount),
    nodeCostUsd: new Float64Array(nodeCount),
    nodeLastMs: new Float64Array(nodeCount),
  };
  return {
    moveTo(atMs) {
      moment.atMs = atMs;
      for (const times of [edges, begun, ended, outcomes, activity]) times.moveTo(atMs);
      edges.readLast(moment.edgeLastMs);
      activity.readLast(moment.nodeLastMs);
      outcomes.readSums(errorSums, moment.nodeErrors);
      outcomes.readSums(costSums, moment.nodeCostUsd);
      for (let node = 0; node < nodeCount; node++) {
        moment.nodeOpenCalls[node] = (begun.counts[node] ?? 0) - (ended.counts[node] ?? 0);
        if (Number.isNaN(moment.nodeErrors[node])) moment.nodeErrors[node] = 0;
      }
      return moment;
    },
  };
}
