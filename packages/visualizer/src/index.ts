export { type AnalyseOptions, type Analysis, analyse } from './analysis/analyse.ts';
export { type CriticalPath, criticalPath, type PathKind, type PathStep } from './analysis/critical-path.ts';
export { type Change, type Prediction, whatIf } from './analysis/what-if.ts';
export { toCsv } from './csv/to-csv.ts';
export type { CallDifference, CallField } from './diff/compare-call.ts';
export { type DiffOptions, diffRuns } from './diff/diff-runs.ts';
export type { Compared, Measures } from './diff/measure.ts';
export type { DiffCall, DivergentCall, RunDiff, RunSide } from './diff/run-diff.ts';
export { type DiffHtmlOptions, toDiffHtml } from './diff/to-diff-html.ts';
export { toDiffJson } from './diff/to-diff-json.ts';
export { toDiffMarkdown } from './diff/to-diff-markdown.ts';
export type { TopologyDiff } from './diff/topology.ts';
export type { WordDiff, WordPiece } from './diff/word-diff.ts';
export { type DotOptions, toDot } from './dot/to-dot.ts';
export { InvalidFactorError } from './errors/invalid-factor-error.ts';
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
export { type HtmlOptions, htmlChunks, streamHtml, toHtml } from './html/to-html.ts';
export type { GraphLayout, PlacedEdge, PlacedGroup, PlacedNode } from './layout/graph-layout.ts';
export { layoutGraph } from './layout/layout-graph.ts';
export { toMarkdown } from './markdown/to-markdown.ts';
export { isDense } from './matrix/is-dense.ts';
export type { Matrix, MatrixCell, MatrixLine } from './matrix/matrix.ts';
export { toMatrix } from './matrix/to-matrix.ts';
export { type MermaidKind, type MermaidOptions, toMermaid } from './mermaid/to-mermaid.ts';
export { type NodeLink, type NodeLinkLink, type NodeLinkNode, toNodeLink } from './node-link/to-node-link.ts';
export type { PageTheme } from './page-data/page-data.ts';
export { toReport } from './report/to-report.ts';
export type { SvgTheme } from './svg/svg-style.ts';
export { type SvgOptions, toSvg } from './svg/to-svg.ts';
