import type { GraphNode, RunGraph } from '../graph/run-graph.ts';
import { layoutGraph } from '../layout/layout-graph.ts';
import { clip } from './clip.ts';
import { createUniqueNames } from './unique-names.ts';

/** Rerun writes names into boxes on the nodes, where our own pictures write them below. */
const STRETCH = { x: 1.35, y: 1 };
const LABEL_LENGTH = 28;

/** In front of the labels, so that kinds of nodes differ by more than their colour. In the viewer's own font. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['person', '👤 '],
  ['model', '🖥 '],
  ['tool', '⚙ '],
]);
const MARGIN = { x: 90, y: 40 };

/** What is in the graph, whatever the time: nodes with their places, and who may be linked to whom. */
export interface Scene {
  nodes: readonly GraphNode[];
  /** What the edges call the nodes; unique, short. */
  names: readonly string[];
  /** The same as UTF-8. */
  encodedNames: readonly Uint8Array[];
  labels: readonly string[];
  /** x and y of each node, one after the other. */
  positions: Float32Array;
  width: number;
  height: number;
}

/** Lays a graph out for Rerun. */
export function createScene(graph: RunGraph): Scene {
  const { nodes } = graph;
  const { width, height, nodes: placed } = layoutGraph(graph);
  const places = new Map(placed.map(({ key, x, y }) => [key, { x, y }]));
  const positions = new Float32Array(nodes.length * 2);
  nodes.forEach(({ key }, index) => {
    const { x, y } = places.get(key) ?? { x: 0, y: 0 };
    positions[index * 2] = x * STRETCH.x + MARGIN.x;
    positions[index * 2 + 1] = y * STRETCH.y + MARGIN.y;
  });
  const labels = nodes.map(({ kind, label }) => `${SIGNS.get(kind) ?? ''}${clip(label, LABEL_LENGTH)}`);
  const unique = createUniqueNames();
  const names = labels.map((label) => unique(label));
  const encoder = new TextEncoder();
  return {
    nodes,
    names,
    encodedNames: names.map((name) => encoder.encode(name)),
    labels,
    positions,
    width: width * STRETCH.x + 2 * MARGIN.x,
    height: height * STRETCH.y + 2 * MARGIN.y,
  };
}
