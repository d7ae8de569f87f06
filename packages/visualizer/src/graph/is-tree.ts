import type { RunTree } from '@pd/call-log/schema';
import type { RunGraph } from './run-graph.ts';
import { toGraph } from './to-graph.ts';

/** Whether it is a run's tree, not the graph made of one. */
export function isTree(source: RunTree | RunGraph): source is RunTree {
  return 'agents' in source;
}

/** The graph itself, or that of the tree. */
export function graphOf(source: RunTree | RunGraph): RunGraph {
  return isTree(source) ? toGraph(source) : source;
}
