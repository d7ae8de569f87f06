import type { GraphEdge } from '../graph/run-graph.ts';
import { type Curve, decimal, type Point } from './geometry.ts';
import type { PlacedNode } from './graph-layout.ts';
import { Obstacles } from './obstacles.ts';
import { chooseCurve, trimCurve } from './route-edge.ts';
import { routeLoop } from './route-loop.ts';
import type { RoutedEdge } from './routed-edge.ts';

/** Above these there is no free way for an edge: more edges, or many of which there are several per node. */
const MOST_TO_LEAD_ROUND = 2000;
const MANY = 300;
const MOST_PER_NODE = 4;

/** Whether there is no point in looking for free ways and free places: edges are straight, labels below. */
export function isCrowded(edges: readonly GraphEdge[], nodes: readonly PlacedNode[]): boolean {
  return (
    edges.length > MOST_TO_LEAD_ROUND || (edges.length > MANY && edges.length > MOST_PER_NODE * nodes.length)
  );
}

/** The curves of all edges between two nodes, in their order; `undefined` for loops. */
export function chooseCurves(
  edges: readonly GraphEdge[],
  nodes: readonly PlacedNode[],
  { withLabels }: { withLabels: boolean },
): (Curve | undefined)[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const targets = new Map<string, Set<string>>(nodes.map(({ key }) => [key, new Set()]));
  for (const { from, to } of edges) targets.get(from)?.add(to);
  const obstacles = isCrowded(edges, nodes) ? undefined : new Obstacles(nodes, { withLabels });
  return edges.map((edge) => {
    const [from, to] = [byKey.get(edge.from), byKey.get(edge.to)];
    if (from === undefined || to === undefined || from === to) return undefined;
    return chooseCurve(from, to, obstacles, targets.get(edge.to)?.has(edge.from) ?? false);
  });
}

/** The edges as drawn, by key; what joins nodes that are not there is left out. */
export function routeEdges(
  edges: readonly GraphEdge[],
  nodes: readonly PlacedNode[],
  curves: readonly (Curve | undefined)[],
): Map<string, RoutedEdge> {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const neighbours = new Map<string, Point[]>();
  edges.forEach(({ from, to }, index) => {
    const curve = curves[index];
    if (curve === undefined) return;
    // Where an edge leaves or arrives, not where its other end is: curves may begin elsewhere.
    append(neighbours, from, curve[1]);
    append(neighbours, to, curve[1]);
  });
  const routed = new Map<string, RoutedEdge>();
  edges.forEach((edge, index) => {
    const [from, to, curve] = [byKey.get(edge.from), byKey.get(edge.to), curves[index]];
    if (from === undefined || to === undefined) return;
    const width = edge.kind === 'message' ? decimal(Math.min(5, 1 + Math.sqrt(edge.count) / 2)) : 1;
    routed.set(
      edge.key,
      curve === undefined
        ? routeLoop(from, neighbours.get(from.key) ?? [], width)
        : trimCurve(curve, from, to, width),
    );
  });
  return routed;
}

function append(lists: Map<string, Point[]>, key: string, point: Point): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [point]);
  else list.push(point);
}
