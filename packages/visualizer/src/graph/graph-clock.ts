import { endOf } from './call-times.ts';
import type { GraphSource, SourceCall } from './graph-source.ts';
import { agentKey, edgeKey, modelKey, toolKey } from './keys.ts';
import { OwnedTimes } from './owned-times.ts';
import type { RunGraph } from './run-graph.ts';
import { runningSums } from './running-sums.ts';
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
  const activity = new Happenings();
  const outcomes = new Happenings();
  const errors: number[] = [];
  const costs: (number | undefined)[] = [];
  const agentKeyOf = remember(agentKey);
  const conclude = (node: number | undefined, atMs: number, status: string, costUsd?: number) => {
    if (!outcomes.add(node, atMs)) return;
    errors.push(isFailed(status) ? 1 : 0);
    costs.push(costUsd);
  };

  for (const call of source.calls) {
    const { startMs: start = Number.NEGATIVE_INFINITY, status, costUsd } = call;
    const [agent, model] = [agentKeyOf(call.agentId), modelKey(call.provider, call.model)];
    const end = effectiveEnd(call, start);
    // An open call that says more than that it began has said so from the start.
    const known = end ?? start;
    onEdges.add(edges.get(edgeKey('call', agent, model)), start);
    for (const node of [nodes.get(agent), nodes.get(model)]) {
      begun.add(node, start);
      activity.add(node, start);
      conclude(node, known, status, costUsd);
      if (end === undefined) continue;
      ended.add(node, end);
      activity.add(node, end);
    }
    for (const { name, status: toolStatus } of call.toolCalls) {
      const tool = toolKey(name);
      const node = nodes.get(tool);
      onEdges.add(edges.get(edgeKey('tool', agent, tool)), known);
      begun.add(node, known);
      activity.add(node, known);
      conclude(node, known, toolStatus);
      if (toolStatus !== 'open') ended.add(node, known);
    }
  }
  for (const { from, to, atMs = Number.NEGATIVE_INFINITY } of source.messages) {
    const sender = from === undefined ? undefined : agentKeyOf(from);
    const receiver = to === undefined ? undefined : agentKeyOf(to);
    for (const key of [sender, receiver]) if (key !== undefined) activity.add(nodes.get(key), atMs);
    if (sender !== undefined && receiver !== undefined) {
      onEdges.add(edges.get(edgeKey('message', sender, receiver)), atMs);
    }
  }
  return clockOf({
    edges: onEdges.inTime(graph.edges.length),
    begun: begun.inTime(graph.nodes.length),
    ended: ended.inTime(graph.nodes.length),
    outcomes: outcomes.inTime(graph.nodes.length),
    activity: activity.inTime(graph.nodes.length),
    errorSums: runningSums(outcomes, errors, graph.nodes.length),
    costSums: runningSums(outcomes, costs, graph.nodes.length),
  });
}

/** The same key for the same id, made once. */
function remember(make: (id: string) => string): (id: string) => string {
  const known = new Map<string, string>();
  return (id) => {
    const key = known.get(id) ?? make(id);
    known.set(id, key);
    return key;
  };
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

  /** @returns whether it happened to somebody in the graph */
  add(owner: number | undefined, atMs: number): boolean {
    if (owner === undefined) return false;
    this.owners.push(owner);
    this.times.push(atMs);
    return true;
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
  errorSums: Float64Array;
  costSums: Float64Array;
}

function clockOf({ edges, begun, ended, outcomes, activity, errorSums, costSums }: ClockParts): GraphClock {
  const nodeCount = begun.counts.length;
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
      outcomes.read(errorSums, moment.nodeErrors);
      outcomes.read(costSums, moment.nodeCostUsd);
      for (let node = 0; node < nodeCount; node++) {
        moment.nodeOpenCalls[node] = (begun.counts[node] ?? 0) - (ended.counts[node] ?? 0);
        if (Number.isNaN(moment.nodeErrors[node])) moment.nodeErrors[node] = 0;
      }
      return moment;
    },
  };
}
