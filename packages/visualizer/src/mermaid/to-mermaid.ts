import type { RunTree } from '@pd/call-log/schema';
import { NeedsTreeError } from '../errors/needs-tree-error.ts';
import type { RunGraph } from '../graph/run-graph.ts';
import { toGraph } from '../graph/to-graph.ts';
import { toFlowchart } from './flow.ts';
import { toSequenceDiagram } from './sequence.ts';

/** Which Mermaid diagram: who talked to whom how often, or every message in order. */
export type MermaidKind = 'flow' | 'sequence';

/** Options of {@link toMermaid}. */
export interface MermaidOptions {
  /** Default `'flow'`. A sequence needs a tree: a graph does not hold what was said. */
  kind?: MermaidKind;
  /** Longest label, in characters; longer text ends in `…`. Default 80. */
  maxTextLength?: number;
}

/**
 * A run as Mermaid text, ready for a ```` ```mermaid ```` block.
 *
 * Names and contents are untrusted: everything that is not plain text is written as a numeric entity, ids
 * become `n0`, `n1`, …, control characters and direction overrides U+FFFD. Ends with a newline.
 *
 * Mermaid itself refuses diagrams above 500 edges or 50,000 characters unless it is told otherwise.
 *
 * @param source a run's tree, or (for `flow`) the graph made of it
 * @throws {NeedsTreeError} `needs_tree` when a sequence is asked of a graph
 */
export function toMermaid(source: RunTree, options?: MermaidOptions): string;
export function toMermaid(source: RunGraph, options?: MermaidOptions & { kind?: 'flow' }): string;
export function toMermaid(source: RunTree | RunGraph, options: MermaidOptions = {}): string {
  const { kind = 'flow', maxTextLength = 80 } = options;
  if (kind === 'flow') return toFlowchart(isTree(source) ? toGraph(source) : source, maxTextLength);
  if (!isTree(source)) throw new NeedsTreeError('a sequence diagram');
  return toSequenceDiagram(source, maxTextLength);
}

function isTree(source: RunTree | RunGraph): source is RunTree {
  return 'agents' in source;
}
