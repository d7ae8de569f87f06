export { NeedsTreeError } from './errors/needs-tree-error.ts';
export { VisualizerError } from './errors/visualizer-error.ts';
export type {
  GraphSource,
  SourceAgent,
  SourceCall,
  SourceMessage,
  SourceToolCall,
} from './graph/graph-source.ts';
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
export { sourceOf } from './graph/source-of.ts';
export { toGraph } from './graph/to-graph.ts';
export type { PageTheme } from './html/page-data.ts';
export { type HtmlOptions, toHtml } from './html/to-html.ts';
export type { GraphLayout, PlacedEdge, PlacedNode } from './layout/graph-layout.ts';
export { layoutGraph } from './layout/layout-graph.ts';
export { type MermaidKind, type MermaidOptions, toMermaid } from './mermaid/to-mermaid.ts';
