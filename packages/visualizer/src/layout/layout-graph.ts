import { isSpeaker } from '../graph/is-speaker.ts';
import type { GraphNode, RunGraph } from '../graph/run-graph.ts';
import { shortLabel } from '../text/short-label.ts';
import { freeLabels, labelAt } from './free-labels.ts';
import { decimal, type Point } from './geometry.ts';
import type { GraphLayout, PlacedGroup, PlacedNode } from './graph-layout.ts';
import { labelBox } from './label-box.ts';
import { nodeSizes } from './node-size.ts';
import { placeNodes } from './place-nodes.ts';
import { chooseCurves, isCrowded, routeEdges } from './route-edges.ts';
import { type RoutedEdge, toPlacedEdge } from './routed-edge.ts';

const MARGIN = 28;
/** Estimated, because a pure function cannot measure text: the widest usual letter at the page's size. */
const LETTER_WIDTH = 7;

/**
 * Where the nodes and edges of a graph are drawn: speakers on an ellipse ordered so that those who talk
 * with each other are close, a coordinator in its middle, models below, tools above, who never took part in
 * a frame at the bottom. More than 150 speakers stand in a grid. Node sizes follow cost where every call has
 * a price, else the number of calls; edge widths follow counts; labels stand where no edge
 * crosses them, as long as there are few enough edges for that.
 *
 * Pure and without randomness: the same graph always gives the same picture. Coordinates are rounded to a
 * tenth and begin at (0, 0).
 *
 * @param graph as made by `toGraph`
 */
export function layoutGraph(graph: RunGraph): GraphLayout {
  const longest = graph.nodes.reduce((most, { label }) => Math.max(most, shortLabel(label).length), 0);
  const { centres, groups } = placeNodes(graph, longest * LETTER_WIDTH);
  const size = nodeSizes(graph.nodes);
  const unlabelled = graph.nodes.map((node) =>
    place(node, centres.get(node.key) ?? { x: 0, y: 0 }, size(node)),
  );
  const { nodes, curves } = settle(graph, unlabelled);
  const edges = routeEdges(graph.edges, nodes, curves);
  // Curves bulge out of the box of the nodes; how far is known once they are drawn.
  const box = boundingBox(nodes, edges.values(), groups);
  const [dx, dy] = [MARGIN - box.left, MARGIN - box.top];
  return {
    width: Math.ceil(box.right + dx + MARGIN),
    height: Math.ceil(box.bottom + dy + MARGIN),
    nodes: nodes.map((node) => shift(node, dx, dy)),
    edges: [...edges].map(([key, edge]) => toPlacedEdge(key, edge, dx, dy)),
    groups: groups.map((group) => ({ ...group, x: decimal(group.x + dx), y: decimal(group.y + dy) })),
  };
}

/** Rounds in which edges make way for labels and labels for edges; above so many edges one has to do. */
const ROUNDS = 3;
const MOST_EDGES_FOR_ROUNDS = 200;

/** Curves around nodes and labels, and labels where those leave room. */
function settle(graph: RunGraph, unlabelled: readonly PlacedNode[]) {
  let nodes = [...unlabelled];
  let curves = chooseCurves(graph.edges, nodes, { withLabels: false });
  if (isCrowded(graph.edges, nodes)) return { nodes, curves };
  const rounds = graph.edges.length > MOST_EDGES_FOR_ROUNDS ? 1 : ROUNDS;
  for (let round = 0; round < rounds; round++) {
    nodes = freeLabels(
      nodes,
      curves.filter((curve) => curve !== undefined),
    );
    curves = chooseCurves(graph.edges, nodes, { withLabels: true });
  }
  return { nodes, curves };
}

function place(node: GraphNode, { x, y }: Point, radius: number): PlacedNode {
  const label = shortLabel(node.label);
  const labelWidth = Math.ceil([...label].length * LETTER_WIDTH);
  const shape = isSpeaker(node) ? 'circle' : 'square';
  const bare = { key: node.key, shape, x, y, radius, label, labelWidth } as const;
  return labelAt({ ...bare, labelAnchor: 'middle', labelX: x, labelY: y }, 'below');
}

function boundingBox(
  nodes: readonly PlacedNode[],
  edges: Iterable<RoutedEdge>,
  groups: readonly PlacedGroup[],
) {
  const box = { left: 0, right: 0, top: 0, bottom: 0 };
  const include = (left: number, top: number, right = left, bottom = top) => {
    box.left = Math.min(box.left, left);
    box.right = Math.max(box.right, right);
    box.top = Math.min(box.top, top);
    box.bottom = Math.max(box.bottom, bottom);
  };
  for (const node of nodes) {
    const { x, y, radius } = node;
    const label = labelBox(node);
    include(x - radius, y - radius, x + radius, y + radius);
    include(label.left, label.top, label.right, label.bottom);
  }
  for (const { label } of edges) include(label.x - 8, label.y - 8, label.x + 8, label.y + 8);
  for (const { x, y, width, height } of groups) include(x, y, x + width, y + height);
  return box;
}

function shift(node: PlacedNode, dx: number, dy: number): PlacedNode {
  return {
    ...node,
    x: decimal(node.x + dx),
    y: decimal(node.y + dy),
    labelX: decimal(node.labelX + dx),
    labelY: decimal(node.labelY + dy),
  };
}
