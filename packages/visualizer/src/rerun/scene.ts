import { agentKey, modelKey } from '../graph/keys.ts';
import type { GraphNode, RunGraph } from '../graph/run-graph.ts';
import { layoutGraph } from '../layout/layout-graph.ts';
import { clip } from './clip.ts';
import type { Moment } from './moments.ts';
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
  labels: readonly string[];
  /** x and y of each node, one after the other. */
  positions: Float32Array;
  width: number;
  height: number;
  /** Who takes part in a moment, as places in `nodes`; whoever is not in the graph is absent. */
  linkOf(moment: Moment): Link;
}

/** From whom to whom something went. */
export interface Link {
  from?: number;
  to?: number;
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
  return {
    nodes,
    names: labels.map((label) => unique(label)),
    labels,
    positions,
    width: width * STRETCH.x + 2 * MARGIN.x,
    height: height * STRETCH.y + 2 * MARGIN.y,
    linkOf: createLinks(nodes),
  };
}

function createLinks(nodes: readonly GraphNode[]): Scene['linkOf'] {
  const byKey = new Map(nodes.map(({ key }, index) => [key, index]));
  const tools = new Map<string, number>();
  nodes.forEach(({ kind, id }: { kind: string; id: string }, index) => {
    if (kind === 'tool') tools.set(id, index);
  });
  const link = (from: number | undefined, to: number | undefined): Link => ({
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  });
  const agent = (id: string | undefined) => (id === undefined ? undefined : byKey.get(agentKey(id)));
  return (moment) => {
    switch (moment.type) {
      case 'pre':
      case 'post': {
        const { provider, model } = moment.node.pre;
        return link(agent(moment.agentId), byKey.get(modelKey(provider, model)));
      }
      case 'tool':
        return link(agent(moment.agentId), tools.get(moment.node.name));
      case 'message':
        return link(agent(moment.node.from), agent(moment.node.to));
    }
  };
}
