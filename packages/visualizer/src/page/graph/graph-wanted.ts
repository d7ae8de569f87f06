import { toGraph } from '../../graph/to-graph.ts';
import type { RunModel } from '../run/run-model.ts';
import { sourceOfRun } from '../run/source-of-run.ts';
import type { Matches } from '../search/filter.ts';

/** What of the graph is left when only what is wanted counts: by the keys of nodes and edges. */
export interface WantedParts {
  nodes: ReadonlyMap<string, number>;
  edges: ReadonlyMap<string, number>;
}

/** Folds what is wanted into a graph of its own; edges are counted, nodes are there or not. */
export function graphWanted(run: RunModel, matches: Matches): WantedParts {
  const { nodes, edges } = toGraph(sourceOfRun(run, matches));
  const taking = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return {
    nodes: new Map(
      nodes
        .filter(({ key, totals }) => totals.calls > 0 || taking.has(key))
        .map(({ key, totals }) => [key, totals.calls]),
    ),
    edges: new Map(edges.map(({ key, count }) => [key, count])),
  };
}
