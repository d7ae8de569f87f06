import type { RunGraph } from '../graph/run-graph.ts';
import { layoutGraph } from '../layout/layout-graph.ts';
import { drawEdge } from './draw-edge.ts';
import { drawNode } from './draw-node.ts';
import { nodeColours } from './node-colours.ts';
import { xmlText } from './xml-text.ts';

/** Above this many edges between speakers their counts would hide the picture. */
const MOST_COUNTS = 40;
/** Above these many edges calls, and then messages too, are drawn fainter, so that nodes can still be seen. */
const MANY = 60;
const VERY_MANY = 400;

/** A part of a picture and how much room it takes. */
export interface Drawing {
  svg: string;
  width: number;
  height: number;
}

/** Nodes and edges as `layoutGraph` places them. */
export function drawGraph(graph: RunGraph): Drawing {
  const { width, height, nodes, edges, groups } = layoutGraph(graph);
  const colours = nodeColours(graph.nodes);
  const labels = new Map(graph.nodes.map(({ key, label }) => [key, label]));
  const placedNodes = new Map(nodes.map((node) => [node.key, node]));
  const placedEdges = new Map(edges.map((edge) => [edge.key, edge]));
  const hasCount = graph.edges.filter(({ kind }) => kind === 'message').length <= MOST_COUNTS;
  const crowd = edges.length > VERY_MANY ? ' class="many very"' : edges.length > MANY ? ' class="many"' : '';
  const lines = [
    ...groups.map(
      ({ label, ...frame }) =>
        `<g class="group"><rect x="${frame.x}" y="${frame.y}" width="${frame.width}" height="${frame.height}" rx="10"/><text x="${frame.x + 12}" y="${frame.y + 18}">${xmlText(label)}</text></g>`,
    ),
    `<g${crowd}>`,
    ...graph.edges.flatMap((edge) => {
      const placed = placedEdges.get(edge.key);
      return placed === undefined
        ? []
        : drawEdge(edge, placed, { colour: colours.get(edge.from) ?? 'plain', labels, hasCount });
    }),
    '</g>',
    ...graph.nodes.flatMap((node) => {
      const placed = placedNodes.get(node.key);
      return placed === undefined ? [] : drawNode(node, placed, colours.get(node.key) ?? 'plain');
    }),
  ];
  return { svg: lines.join('\n'), width, height };
}
