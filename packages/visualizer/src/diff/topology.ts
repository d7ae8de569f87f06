import type { RunTree } from '@pd/call-log/schema';
import type { GraphEdge, GraphNode, GraphNodeKind, RunGraph } from '../graph/run-graph.ts';
import { toGraph } from '../graph/to-graph.ts';

/** A node of only one of the graphs. */
export interface ChangedNode {
  kind: GraphNodeKind;
  id: string;
}

/** An edge with different counts; a run that does not have it has 0. */
export interface ChangedEdge {
  kind: GraphEdge['kind'];
  /** Ids of the nodes. */
  from: string;
  to: string;
  a: number;
  b: number;
}

/** How two graphs differ. */
export interface TopologyDiff {
  /** Only in the second run. */
  addedNodes: ChangedNode[];
  /** Only in the first. */
  removedNodes: ChangedNode[];
  addedEdges: ChangedEdge[];
  removedEdges: ChangedEdge[];
  /** In both, with different counts. */
  changedEdges: ChangedEdge[];
}

/** Who took part, and who wrote to whom and called what how often, compared. */
export function compareTopology(treeA: RunTree, treeB: RunTree): TopologyDiff {
  const [a, b] = [toGraph(treeA), toGraph(treeB)];
  const edges = [...changedEdges(a, b), ...newEdges(b, a)];
  return {
    addedNodes: nodesOnlyIn(b, a),
    removedNodes: nodesOnlyIn(a, b),
    addedEdges: edges.filter((edge) => edge.a === 0),
    removedEdges: edges.filter((edge) => edge.b === 0),
    changedEdges: edges.filter((edge) => edge.a > 0 && edge.b > 0),
  };
}

function nodesOnlyIn(graph: RunGraph, other: RunGraph): ChangedNode[] {
  const keys = new Set(other.nodes.map(({ key }) => key));
  return graph.nodes.filter(({ key }) => !keys.has(key)).map(({ kind, id }) => ({ kind, id }));
}

function changedEdges(a: RunGraph, b: RunGraph): ChangedEdge[] {
  const counts = new Map(b.edges.map(({ key, count }) => [key, count]));
  const names = namesOf(a);
  return a.edges
    .map((edge) => toEdge(edge, names, edge.count, counts.get(edge.key) ?? 0))
    .filter((edge) => edge.a !== edge.b);
}

function newEdges(b: RunGraph, a: RunGraph): ChangedEdge[] {
  const known = new Set(a.edges.map(({ key }) => key));
  const names = namesOf(b);
  return b.edges.filter(({ key }) => !known.has(key)).map((edge) => toEdge(edge, names, 0, edge.count));
}

function namesOf({ nodes }: RunGraph): Map<string, string> {
  return new Map(nodes.map(({ key, id }: GraphNode) => [key, id]));
}

function toEdge(
  { kind, from, to }: GraphEdge,
  names: Map<string, string>,
  a: number,
  b: number,
): ChangedEdge {
  return { kind, from: names.get(from) ?? from, to: names.get(to) ?? to, a, b };
}
