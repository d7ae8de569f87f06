export { toCsv } from './csv/to-csv.ts';
export { type DotOptions, toDot } from './dot/to-dot.ts';
export { NeedsTreeError } from './errors/needs-tree-error.ts';
export { VisualizerError } from './errors/visualizer-error.ts';
export type {
  CallEdge,
  EdgeCall,
  EdgeMessage,
  GraphEdge,
  GraphNode,
  GraphNodeKind,
  GraphTotals,
  MessageEdge,
  RunGraph,
} from './graph/run-graph.ts';
export { toGraph } from './graph/to-graph.ts';
export type { PageTheme } from './html/page-data.ts';
export { type HtmlOptions, toHtml } from './html/to-html.ts';
export type { GraphLayout, PlacedEdge, PlacedNode } from './layout/graph-layout.ts';
export { layoutGraph } from './layout/layout-graph.ts';
export { toMarkdown } from './markdown/to-markdown.ts';
export { type MermaidKind, type MermaidOptions, toMermaid } from './mermaid/to-mermaid.ts';
export { type NodeLink, type NodeLinkLink, type NodeLinkNode, toNodeLink } from './node-link/to-node-link.ts';
