import { isSpeaker } from '../graph/is-speaker.ts';
import type { GraphEdge, GraphNode, RunGraph } from '../graph/run-graph.ts';
import { decimal, type Point } from './geometry.ts';
import type { GraphLayout, PlacedEdge, PlacedNode } from './graph-layout.ts';
import { placeNodes } from './place-nodes.ts';
import { routeEdge } from './route-edge.ts';
import { routeLoop } from './route-loop.ts';

const MARGIN = 28;
const LONGEST_LABEL = 22;
/** Estimated, because a pure function cannot measure text: the widest usual letter at the page's size. */
const LETTER_WIDTH = 7;
const LABEL_DROP = 19;

/**
 * Where the nodes and edges of a graph are drawn: speakers on an ellipse ordered so that those who talk
 * with each other are close, a coordinator in its middle, models below. Node sizes follow cost where every
 * call has a price, else the number of calls; edge widths follow counts.
 *
 * Pure and without randomness: the same graph always gives the same picture. Coordinates are rounded to a
 * tenth and begin at (0, 0).
 *
 * @param graph as made by `toGraph`
 */
export function layoutGraph(graph: RunGraph): GraphLayout {
  const longest = Math.max(0, ...graph.nodes.map(({ label }) => label.length));
  const centres = placeNodes(graph, Math.min(longest, LONGEST_LABEL) * LETTER_WIDTH);
  const size = sizing(graph.nodes);
  const atOrigin = graph.nodes.map((node) =>
    place(node, centres.get(node.key) ?? { x: 0, y: 0 }, size(node)),
  );
  // Curves bulge out of the box of the nodes; how far is known once they are drawn.
  const box = boundingBox(atOrigin, routeEdges(graph.edges, atOrigin));
  const nodes = atOrigin.map((node) => shift(node, MARGIN - box.left, MARGIN - box.top));
  return {
    width: Math.ceil(box.right - box.left + 2 * MARGIN),
    height: Math.ceil(box.bottom - box.top + 2 * MARGIN),
    nodes,
    edges: routeEdges(graph.edges, nodes),
  };
}

/** 18 to 34: circles whose area, not radius, follows the value. */
function sizing(nodes: readonly GraphNode[]): (node: GraphNode) => number {
  const byCost = nodes.every(
    ({ totals }) => totals.unpricedCalls === 0 && (totals.calls === 0 || totals.costUsd),
  );
  const value = ({ totals }: GraphNode) => (byCost ? (totals.costUsd ?? 0) : totals.calls);
  const largest = Math.max(0, ...nodes.filter(isSpeaker).map(value));
  return (node) => {
    if (!isSpeaker(node)) return 21;
    return 18 + Math.round(16 * Math.sqrt(largest === 0 ? 0 : value(node) / largest));
  };
}

function place(node: GraphNode, { x, y }: Point, radius: number): PlacedNode {
  const chars = [...node.label];
  const label = chars.length > LONGEST_LABEL ? `${chars.slice(0, LONGEST_LABEL - 1).join('')}…` : node.label;
  const labelWidth = Math.ceil(Math.min(chars.length, LONGEST_LABEL) * LETTER_WIDTH);
  const shape = !isSpeaker(node) ? 'square' : 'circle';
  return { key: node.key, shape, x, y, radius, label, labelY: y + radius + LABEL_DROP, labelWidth };
}

function boundingBox(nodes: readonly PlacedNode[], edges: readonly PlacedEdge[]) {
  const box = { left: 0, right: 0, top: 0, bottom: 0 };
  const include = (x: number, y: number, right = 0, down = right) => {
    box.left = Math.min(box.left, x - right);
    box.right = Math.max(box.right, x + right);
    box.top = Math.min(box.top, y - down);
    box.bottom = Math.max(box.bottom, y + down);
  };
  for (const node of nodes) {
    include(node.x, node.y, node.radius);
    include(node.x, node.labelY, node.labelWidth / 2, 4);
  }
  for (const { labelX, labelY } of edges) include(labelX, labelY, 8);
  return box;
}

function shift(node: PlacedNode, dx: number, dy: number): PlacedNode {
  return { ...node, x: decimal(node.x + dx), y: decimal(node.y + dy), labelY: decimal(node.labelY + dy) };
}

function routeEdges(edges: readonly GraphEdge[], nodes: readonly PlacedNode[]): PlacedEdge[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const targets = new Map<string, Set<string>>(nodes.map(({ key }) => [key, new Set()]));
  const neighbours = new Map<string, Set<PlacedNode>>(nodes.map(({ key }) => [key, new Set()]));
  for (const { from, to } of edges) {
    const [source, target] = [byKey.get(from), byKey.get(to)];
    if (from === to || source === undefined || target === undefined) continue;
    targets.get(from)?.add(to);
    neighbours.get(from)?.add(target);
    neighbours.get(to)?.add(source);
  }
  return edges.flatMap((edge) => {
    const [from, to] = [byKey.get(edge.from), byKey.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    const width = edge.kind !== 'message' ? 1 : decimal(Math.min(5, 1 + Math.sqrt(edge.count) / 2));
    if (from === to)
      return { key: edge.key, ...routeLoop(from, [...(neighbours.get(from.key) ?? [])], width) };
    const hasOpposite = targets.get(edge.to)?.has(edge.from) ?? false;
    return { key: edge.key, ...routeEdge(from, to, nodes, { hasOpposite, width }) };
  });
}
