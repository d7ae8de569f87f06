import { isSpeaker } from '../graph/is-speaker.ts';
import type { GraphNode } from '../graph/run-graph.ts';

/** Whether speakers are as large as what they cost; else, where prices are missing, as their calls are many. */
export function isSizedByCost(nodes: readonly GraphNode[]): boolean {
  const speakers = nodes.filter(isSpeaker);
  return (
    speakers.some(({ totals }) => totals.costUsd) &&
    speakers.every(({ totals }) => totals.unpricedCalls === 0 && (totals.calls === 0 || totals.costUsd))
  );
}

/** Radius of each node: for speakers 18 to 34, so that the area, not the radius, follows the value. */
export function nodeSizes(nodes: readonly GraphNode[]): (node: GraphNode) => number {
  const byCost = isSizedByCost(nodes);
  const value = ({ totals }: GraphNode) => (byCost ? (totals.costUsd ?? 0) : totals.calls);
  const largest = nodes.filter(isSpeaker).reduce((most, node) => Math.max(most, value(node)), 0);
  return (node) => {
    if (node.kind === 'model') return 21;
    if (node.kind === 'tool') return 16;
    if (node.isSilent) return 12;
    return 18 + Math.round(16 * Math.sqrt(largest === 0 ? 0 : value(node) / largest));
  };
}
