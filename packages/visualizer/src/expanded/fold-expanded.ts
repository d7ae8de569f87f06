import type { ExpandedEdge, ExpandedGraph, ExpandedNode } from './expanded-graph.ts';
import { foldLoops } from './fold-loops.ts';

/** A node that stands for one thing, or for the same thing in every round of a loop. */
export interface FoldedNode extends ExpandedNode {
  /** Places in the unfolded graph's nodes, one per round. */
  members: number[];
}

/** A cycle that was gone through several times in a row. */
export interface FoldedLoop {
  times: number;
  /** The folded nodes of one round: places in `nodes`, from `first` to `last`. */
  first: number;
  last: number;
  /** There when all rounds are in `nodes` one after the other. */
  isOpen?: true;
}

/** Options of {@link foldExpanded}. */
export interface FoldExpandedOptions {
  /** Whether to leave all rounds of a loop as they are, by the first node of the first round. Default: none. */
  isOpen?: (first: ExpandedNode) => boolean;
}

/** An expanded graph with repeated rounds drawn once. Edges are places in these nodes. */
export interface FoldedGraph extends ExpandedGraph {
  nodes: FoldedNode[];
  loops: FoldedLoop[];
}

/**
 * Folds loops: rounds in which the same speakers did the same (asked the same model, wrote to the same one,
 * used the same tool) right after each other become one round with `times`. Each folded node looks like its
 * first member and lists all of them. An edge that joins several members is there once; from the end of a
 * round to the beginning of the next there is none, because the loop says so.
 */
export function foldExpanded(
  graph: ExpandedGraph,
  { isOpen = () => false }: FoldExpandedOptions = {},
): FoldedGraph {
  const steps = graph.nodes.map((node, place) => ({ node, place }));
  const folds = foldLoops(steps, ({ node: { kind, lane, toLane, label } }) =>
    JSON.stringify([kind, lane, toLane, kind === 'message' ? '' : label]),
  );
  const nodes: FoldedNode[] = [];
  const loops: FoldedLoop[] = [];
  const foldedPlace = new Uint32Array(graph.nodes.length);
  for (const { times, rounds } of folds) {
    const first = nodes.length;
    const begin = rounds[0]?.[0]?.node;
    if (times > 1 && begin !== undefined && isOpen(begin)) {
      for (const { node, place } of rounds.flat()) {
        foldedPlace[place] = nodes.length;
        nodes.push({ ...node, members: [place] });
      }
      loops.push({ times, first, last: nodes.length - 1, isOpen: true });
      continue;
    }
    rounds[0]?.forEach(({ node }, step) => {
      const members = rounds.flatMap((round) => round[step]?.place ?? []);
      for (const member of members) foldedPlace[member] = nodes.length;
      nodes.push({ ...node, members });
    });
    if (times > 1) loops.push({ times, first, last: nodes.length - 1 });
  }
  return { ...graph, nodes, loops, edges: foldEdges(graph.edges, foldedPlace, nodes.length) };
}

function foldEdges(edges: readonly ExpandedEdge[], foldedPlace: Uint32Array, count: number): ExpandedEdge[] {
  const kinds = new Map<ExpandedEdge['kind'], Set<number>>();
  return edges.flatMap(({ kind, from, to }) => {
    const folded = { kind, from: foldedPlace[from] ?? 0, to: foldedPlace[to] ?? 0 };
    const seen = kinds.get(kind) ?? new Set();
    const pair = folded.from * count + folded.to;
    if (seen.has(pair) || (kind === 'next' && folded.to <= folded.from)) return [];
    kinds.set(kind, seen.add(pair));
    return folded;
  });
}
