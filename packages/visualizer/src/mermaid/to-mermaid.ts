import type { RunTree } from '@pd/call-log/schema';
import { NeedsTreeError } from '../errors/needs-tree-error.ts';
import { graphOf, isTree } from '../graph/is-tree.ts';
import type { RunGraph } from '../graph/run-graph.ts';
import { toFlowchart } from './flow.ts';
import { MERMAID_LIMITS, type MermaidDiagram } from './limits.ts';
import { toSequenceDiagram } from './sequence.ts';

/** Which Mermaid diagram: who talked to whom how often, or every message in order. */
export type MermaidKind = 'flow' | 'sequence';

/** Options of {@link toMermaid}. */
export interface MermaidOptions {
  /** Default `'flow'`. A sequence needs a tree: a graph does not hold what was said. */
  kind?: MermaidKind;
  /** Longest label, in characters; longer text ends in `…`. Default 80. */
  maxTextLength?: number;
  /** As the renderer's `maxTextSize`: the diagram has no more characters. Default 50,000, as Mermaid's own. */
  maxCharacters?: number;
  /** As the renderer's `maxEdges`: a flowchart has no more edges. Default 500, as Mermaid's own. */
  maxEdges?: number;
}

/**
 * A run as Mermaid text, ready for a ```` ```mermaid ```` block.
 *
 * Names and contents are untrusted: everything that is not plain text is written as a numeric entity, ids
 * become `n0`, `n1`, …, control characters and direction overrides U+FFFD. Ends with a newline.
 *
 * Mermaid refuses what is larger than its limits; what does not fit is folded or left out, and the diagram says so.
 *
 * @param source a run's tree, or (for `flow`) the graph made of it
 * @throws {NeedsTreeError} `needs_tree` when a sequence is asked of a graph
 */
export function toMermaid(source: RunTree, options?: MermaidOptions): string;
export function toMermaid(source: RunGraph, options?: MermaidOptions & { kind?: 'flow' }): string;
export function toMermaid(source: RunTree | RunGraph, options: MermaidOptions = {}): string {
  return drawMermaid(source, options).text;
}

/** The same, with what was left out. */
export function drawMermaid(source: RunTree | RunGraph, options: MermaidOptions = {}): MermaidDiagram {
  const { kind = 'flow', maxTextLength = 80 } = options;
  const limits = {
    characters: options.maxCharacters ?? MERMAID_LIMITS.characters,
    edges: options.maxEdges ?? MERMAID_LIMITS.edges,
  };
  if (kind === 'flow') return toFlowchart(graphOf(source), maxTextLength, limits);
  if (!isTree(source)) throw new NeedsTreeError('a sequence diagram');
  return toSequenceDiagram(source, maxTextLength, limits);
}
