import type { GraphEdge, GraphNode, RunGraph } from '../graph/run-graph.ts';
import { escapeLabel } from './escape-label.ts';

/** A graph as a Mermaid flowchart: solid arrows for messages, dotted ones for calls of models and tools, ×n on both. */
export function toFlowchart(graph: RunGraph, maxTextLength: number): string {
  const names = new Map(graph.nodes.map((node, index) => [node.key, `n${index}`]));
  const lines = [
    'flowchart LR',
    ...graph.nodes.map((node) => `  ${names.get(node.key)}${shape(node, maxTextLength)}`),
    ...graph.edges.map((edge) => `  ${names.get(edge.from)} ${arrow(edge)} ${names.get(edge.to)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function shape(node: GraphNode, maxTextLength: number): string {
  const label = escapeLabel(node.label, maxTextLength);
  switch (node.kind) {
    case 'agent':
      return `("${label}")`;
    case 'person':
      return `(["${label}"])`;
    case 'model':
      return `{{"${label}"}}`;
    case 'tool':
      return `[["${label}"]]`;
  }
}

function arrow(edge: GraphEdge): string {
  const errors = edge.kind !== 'message' && edge.errors > 0 ? `, ${edge.errors} failed` : '';
  const label = edge.count > 1 || errors ? `|"×${edge.count}${errors}"|` : '';
  return `${edge.kind === 'message' ? '-->' : '-.->'}${label}`;
}
