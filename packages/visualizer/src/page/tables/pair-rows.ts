import type { GraphEdge, GraphNode, GraphTotals, RunGraph } from '../../graph/run-graph.ts';
import { searchForEdge } from '../search/search-for.ts';

/** An edge of the graph as a row: who, to whom, what, and how it went. */
export interface PairRow {
  edge: GraphEdge;
  from: GraphNode;
  to: GraphNode;
  kind: string;
  /** Of calls; absent for tool calls, which cost nothing that is on record. */
  totals?: GraphTotals;
  p50Ms?: number;
  /** The search that narrows the page to it. */
  search: string;
}

const KINDS = { message: 'messages', call: 'calls', tool: 'tool calls' };

/** The graph's edges in the order of the record. */
export function pairRows({ nodes, edges }: RunGraph): PairRow[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  return edges.flatMap((edge) => {
    const [from, to] = [byKey.get(edge.from), byKey.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    return {
      edge,
      from,
      to,
      kind: KINDS[edge.kind],
      ...(edge.kind !== 'tool' && { totals: edge.totals }),
      ...(edge.latency !== undefined && { p50Ms: edge.latency.p50Ms }),
      search: searchForEdge(edge, from, to),
    };
  });
}
