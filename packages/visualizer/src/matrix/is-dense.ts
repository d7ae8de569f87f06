import type { RunGraph } from '../graph/run-graph.ts';

/** Above these a picture of lines is a ball of wool. */
const MOST_EDGES_PER_NODE = 4;
const MOST_NODES = 150;

/** Whether a graph is better read as a matrix: more than 4 edges per node, or more than 150 nodes that take part. */
export function isDense({ nodes, edges }: RunGraph): boolean {
  const taking = nodes.reduce((count, { isSilent }) => count + (isSilent ? 0 : 1), 0);
  return edges.length > MOST_EDGES_PER_NODE * taking || taking > MOST_NODES;
}
