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
export { toReport } from './report/to-report.ts';
