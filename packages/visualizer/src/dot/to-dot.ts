import type { RunTree } from '@pd/call-log/schema';
import { edgeFailures } from '../graph/edge-failures.ts';
import { graphOf } from '../graph/is-tree.ts';
import type { GraphEdge, GraphNode, RunGraph } from '../graph/run-graph.ts';
import { quoteDot, quoteDotLines } from './quote-dot.ts';

/** Options of {@link toDot}. */
export interface DotOptions {
  /** Longest label, in characters; longer text ends in `…`. Default 80. */
  maxTextLength?: number;
}

/** How the kinds of nodes differ. @see https://graphviz.org/doc/info/shapes.html */
const SHAPES: { [kind: string]: string } = {
  agent: 'shape=box, style="rounded,filled", fillcolor="#dbe7fb"',
  person: 'shape=ellipse, style=filled, fillcolor="#fbe6d4"',
  model: 'shape=hexagon, style=filled, fillcolor="#e6e8ec"',
  tool: 'shape=component, style=filled, fillcolor="#dff0dd"',
};

/** How the kinds of edges differ; what agents say to each other is solid. */
const STYLES: { [kind: string]: string } = { message: 'solid', call: 'dashed', tool: 'dotted' };

/** Beyond this, an edge is drawn no wider, and pulls its ends no closer together. */
const MOST_WEIGHT = 1000;

/**
 * A run as a Graphviz digraph: a node per agent, person and model, an edge per pair with how often, wider where there is
 * more. What failed is red and says so. Nodes are `n0`, `n1`, … in the order of the record; their `id` is the graph's key.
 * Names are untrusted and cannot leave their strings. Ends with a newline.
 *
 * @param source a run's tree, or the graph made of it
 */
export function toDot(source: RunTree | RunGraph, options: DotOptions = {}): string {
  const { maxTextLength = 80 } = options;
  const graph = graphOf(source);
  const names = new Map(graph.nodes.map(({ key }, index) => [key, `n${index}`]));
  const lines = [
    `digraph ${quoteDot(graph.runId)} {`,
    `  graph [label=${quoteDot(graph.runName || graph.runId, maxTextLength)}, labelloc=t, rankdir=LR, fontname="Helvetica"];`,
    '  node [fontname="Helvetica"];',
    '  edge [fontname="Helvetica", fontsize=10];',
    ...graph.nodes.map((node) => `  ${names.get(node.key)} [${nodeAttributes(node, maxTextLength)}];`),
    ...graph.edges.map(
      (edge) => `  ${names.get(edge.from)} -> ${names.get(edge.to)} [${edgeAttributes(edge)}];`,
    ),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function nodeAttributes({ key, kind, label, totals }: GraphNode, maxTextLength: number): string {
  const { calls, errors } = totals;
  const figures =
    calls > 0 ? [`${calls} ${calls === 1 ? 'call' : 'calls'}${errors > 0 ? `, ${errors} failed` : ''}`] : [];
  return [
    `id=${quoteDot(key)}`,
    `class=${kind}`,
    `label=${quoteDotLines([label, ...figures], maxTextLength)}`,
    Object.hasOwn(SHAPES, kind) ? SHAPES[kind] : 'shape=box',
    ...(errors > 0 ? ['color="#c0392b"'] : []),
  ].join(', ');
}

function edgeAttributes(edge: GraphEdge): string {
  const weight = Math.min(edge.count, MOST_WEIGHT);
  const failed = edgeFailures(edge);
  return [
    `class=${edge.kind}`,
    `style=${Object.hasOwn(STYLES, edge.kind) ? STYLES[edge.kind] : 'solid'}`,
    `label="×${edge.count}${failed > 0 ? `, ${failed} failed` : ''}"`,
    `weight=${weight}`,
    `penwidth=${(1 + Math.log2(weight) / 2).toFixed(2)}`,
    ...(failed > 0 ? ['color="#c0392b"'] : []),
  ].join(', ');
}
