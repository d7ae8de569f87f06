/** Who may go on after whom. Edges may make cycles: a graph is left at a node of `ends`. */
export interface Graph {
  /** Ids of the nodes. */
  nodes: readonly string[];
  edges: readonly GraphEdge[];
  /** Where it begins. Default: the first node. */
  start?: string | undefined;
  /** Where it may end. Default: the nodes without an edge away from them. */
  ends?: readonly string[] | undefined;
}

export interface GraphEdge {
  from: string;
  to: string;
}

/** What is wrong with a graph, and with which node. */
export interface GraphFault {
  type: 'no_nodes' | 'duplicate_node' | 'unknown_node' | 'unreachable' | 'no_way_to_end';
  /** Absent for `no_nodes`. */
  node?: string;
  message: string;
}

/**
 * What keeps a graph from being gone through: nodes given twice, edges and ends that name no node, nodes that no way from
 * the start leads to, and nodes from which no way leads to an end. Linear in nodes and edges.
 */
export function findGraphFaults({ nodes, edges, start = nodes[0], ends }: Graph): GraphFault[] {
  if (start === undefined) return [{ type: 'no_nodes', message: 'there are no nodes' }];
  const known = new Set(nodes);
  const faults = [...findDuplicates(nodes), ...findUnknown({ nodes, edges, start, ends }, known)];
  if (faults.length > 0) return faults;
  const forth = toNeighbours(edges, ({ from, to }) => [from, to]);
  const back = toNeighbours(edges, ({ from, to }) => [to, from]);
  const reached = reach([start], forth);
  const leading = reach(ends ?? nodes.filter((node) => !forth.has(node)), back);
  for (const node of known) {
    if (!reached.has(node))
      faults.push({ type: 'unreachable', node, message: `no way leads from ${start} to ${node}` });
    else if (!leading.has(node))
      faults.push({ type: 'no_way_to_end', node, message: `no way leads from ${node} to an end` });
  }
  return faults;
}

function findDuplicates(nodes: readonly string[]): GraphFault[] {
  const seen = new Set<string>();
  const twice = new Set(nodes.filter((node) => seen.size === seen.add(node).size));
  return [...twice].map((node) => ({
    type: 'duplicate_node',
    node,
    message: `there are two nodes with the id ${node}`,
  }));
}

function findUnknown(
  { edges, start, ends = [] }: Graph & { start: string },
  known: ReadonlySet<string>,
): GraphFault[] {
  const named = [
    { node: start, where: 'the start' },
    ...ends.map((node) => ({ node, where: 'an end' })),
    ...edges.flatMap(({ from, to }) => {
      const where = `the edge from ${from} to ${to}`;
      return [
        { node: from, where },
        { node: to, where },
      ];
    }),
  ];
  return named
    .filter(({ node }) => !known.has(node))
    .map(({ node, where }) => ({
      type: 'unknown_node',
      node,
      message: `${where} names ${node}, which is no node`,
    }));
}

function toNeighbours(
  edges: readonly GraphEdge[],
  direct: (edge: GraphEdge) => readonly [string, string],
): ReadonlyMap<string, readonly string[]> {
  const neighbours = new Map<string, string[]>();
  for (const edge of edges) {
    const [from, to] = direct(edge);
    const all = neighbours.get(from);
    if (all === undefined) neighbours.set(from, [to]);
    else all.push(to);
  }
  return neighbours;
}

function reach(
  from: readonly string[],
  neighbours: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  // A set gives what is added while it is gone through as well.
  const reached = new Set(from);
  for (const node of reached) for (const next of neighbours.get(node) ?? []) reached.add(next);
  return reached;
}
