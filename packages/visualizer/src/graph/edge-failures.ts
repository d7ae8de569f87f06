import type { GraphEdge } from './run-graph.ts';

/** How much of an edge failed: calls that did, messages that were refused or lost. */
export function edgeFailures(edge: GraphEdge): number {
  if (edge.kind !== 'message') return edge.totals.errors;
  let lost = 0;
  for (const { status } of edge.messages) if (status === 'rejected' || status === 'dead_lettered') lost++;
  return lost;
}
