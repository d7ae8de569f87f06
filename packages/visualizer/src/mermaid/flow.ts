import type { GraphEdge, GraphNode, RunGraph } from '../graph/run-graph.ts';
import { plural } from '../text/format.ts';
import { escapeLabel } from './escape-label.ts';
import type { MermaidDiagram, MermaidLimits } from './limits.ts';

/**
 * A graph as a Mermaid flowchart: solid arrows for messages, dotted ones for others, ×n on all. Where that is more than
 * Mermaid takes, the lightest edges are left out, and then whoever has none; a node says how many.
 */
export function toFlowchart(graph: RunGraph, maxTextLength: number, limits: MermaidLimits): MermaidDiagram {
  const whole = draw(graph.nodes, graph.edges, maxTextLength);
  if (graph.edges.length <= limits.edges && whole.length <= limits.characters) return { text: whole };
  // Stable: the same edges for the same graph.
  const heaviest = graph.edges.map((_, index) => index).sort((a, b) => countAt(graph, b) - countAt(graph, a));
  for (let most = Math.min(limits.edges, graph.edges.length); ; most = Math.floor(most * 0.8)) {
    const kept = new Set(heaviest.slice(0, most));
    const edges = graph.edges.filter((_, index) => kept.has(index));
    const ends = new Set(edges.flatMap(({ from, to }) => [from, to]));
    const nodes = graph.nodes.filter(({ key }) => ends.has(key));
    const leftOut = [
      ...(edges.length < graph.edges.length ? [plural(graph.edges.length - edges.length, 'edge')] : []),
      ...(nodes.length < graph.nodes.length ? [plural(graph.nodes.length - nodes.length, 'node')] : []),
    ].join(' and ');
    const note = `  cut["… ${leftOut} left out: Mermaid takes no more"]\n`;
    const text = draw(nodes, edges, maxTextLength) + note;
    if (text.length <= limits.characters || most === 0) return { text, leftOut };
  }
}

function draw(nodes: readonly GraphNode[], edges: readonly GraphEdge[], maxTextLength: number): string {
  const names = new Map(nodes.map((node, index) => [node.key, `n${index}`]));
  const lines = [
    'flowchart LR',
    ...nodes.map((node) => `  ${names.get(node.key)}${shape(node, maxTextLength)}`),
    ...edges.map((edge) => `  ${names.get(edge.from)} ${arrow(edge)} ${names.get(edge.to)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function countAt({ edges }: RunGraph, index: number): number {
  return edges[index]?.count ?? 0;
}

/** What stands around the label of each kind. */
const SHAPES: { [kind: string]: [string, string] } = {
  agent: ['("', '")'],
  person: ['(["', '"])'],
  model: ['{{"', '"}}'],
  tool: ['[["', '"]]'],
};

function shape({ kind, label }: GraphNode, maxTextLength: number): string {
  const [open, close] = SHAPES[kind] ?? ['["', '"]'];
  return `${open}${escapeLabel(label, maxTextLength)}${close}`;
}

function arrow(edge: GraphEdge): string {
  const failed = edge.errors;
  const label =
    edge.count > 1 || failed > 0 ? `|"×${edge.count}${failed > 0 ? `, ${failed} failed` : ''}"|` : '';
  return `${edge.kind === 'message' ? '-->' : '-.->'}${label}`;
}
