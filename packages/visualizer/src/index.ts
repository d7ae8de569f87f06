export { NeedsTreeError } from './errors/needs-tree-error.ts';
export { VisualizerError } from './errors/visualizer-error.ts';
export type { ExpandedEdge, ExpandedGraph, ExpandedNode, Lane } from './expanded/expanded-graph.ts';
export {
  type FoldedGraph,
  type FoldedLoop,
  type FoldedNode,
  foldExpanded,
} from './expanded/fold-expanded.ts';
export { type Fold, foldLoops } from './expanded/fold-loops.ts';
export { type ExpandedLayout, layoutExpanded } from './expanded/layout-expanded.ts';
export { toExpandedGraph } from './expanded/to-expanded-graph.ts';
export { filterSource, type GraphFilter } from './graph/filter-source.ts';
export { createGraphClock, type GraphClock, type GraphMoment } from './graph/graph-clock.ts';
export type {
  GraphSource,
  SourceAgent,
  SourceCall,
  SourceMessage,
  SourceToolCall,
} from './graph/graph-source.ts';
export type { Latency } from './graph/latency.ts';
export type {
  CallEdge,
  EdgeCall,
  EdgeFacts,
  EdgeMessage,
  EdgeToolCall,
  GraphEdge,
  GraphEdgeKind,
  GraphNode,
  GraphNodeKind,
  GraphTotals,
  MessageEdge,
  RunGraph,
  ToolEdge,
} from './graph/run-graph.ts';
export { sourceAt } from './graph/source-at.ts';
export { sourceOf } from './graph/source-of.ts';
export { type GraphOptions, toGraph } from './graph/to-graph.ts';
export type { PageTheme } from './html/page-data.ts';
export { type HtmlOptions, toHtml } from './html/to-html.ts';
export type { GraphLayout, PlacedEdge, PlacedGroup, PlacedNode } from './layout/graph-layout.ts';
export { layoutGraph } from './layout/layout-graph.ts';
export { isDense } from './matrix/is-dense.ts';
export type { Matrix, MatrixCell, MatrixLine } from './matrix/matrix.ts';
export { toMatrix } from './matrix/to-matrix.ts';
export { type MermaidKind, type MermaidOptions, toMermaid } from './mermaid/to-mermaid.ts';
export type { SvgTheme } from './svg/svg-style.ts';
export { type SvgOptions, toSvg } from './svg/to-svg.ts';
