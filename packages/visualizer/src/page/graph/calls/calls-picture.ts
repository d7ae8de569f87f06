import { type FoldedGraph, type FoldedNode, foldExpanded } from '../../../expanded/fold-expanded.ts';
import { type ExpandedLayout, layoutExpanded } from '../../../expanded/layout-expanded.ts';
import { toExpandedGraph } from '../../../expanded/to-expanded-graph.ts';
import type { RunModel } from '../../run/run-model.ts';
import { sourceOfRun } from '../../run/source-of-run.ts';
import type { Matches } from '../../search/filter.ts';

/** What happened, a node each, and where each is drawn. */
export interface CallsPicture {
  graph: FoldedGraph;
  layout: ExpandedLayout;
  /** The ids of what each node stands for, one per round. */
  idsOf: (node: FoldedNode) => string[];
}

/** @param opened names of the loops that are shown round by round, see {@link loopName} */
export function callsPicture(run: RunModel, matches: Matches, opened: ReadonlySet<string>): CallsPicture {
  const whole = toExpandedGraph(sourceOfRun(run, matches));
  const graph = foldExpanded(whole, { isOpen: (first) => opened.has(loopName(first)) });
  return {
    graph,
    layout: layoutExpanded(graph),
    idsOf: ({ members }) => members.map((member) => whole.nodes[member]?.id ?? ''),
  };
}

/** What a loop is known by while what is around it changes: its first step. */
export function loopName({ kind, id }: Pick<FoldedNode, 'kind' | 'id'>): string {
  return `${kind}:${id}`;
}

/** Where the playhead stands among the nodes: between the last that had begun and the next. */
export function playheadX({ graph: { nodes }, layout }: CallsPicture, atMs: number): number {
  // Nodes are in the order of time, but clocks may not be.
  let last = -1;
  for (let place = 0; place < nodes.length; place++) {
    if ((nodes[place]?.atMs ?? Number.NEGATIVE_INFINITY) <= atMs) last = place;
  }
  const [from, to] = [layout.x[last], layout.x[last + 1]];
  const [begin, end] = [nodes[last]?.atMs, nodes[last + 1]?.atMs];
  if (from === undefined) return Math.max(0, (layout.x[0] ?? 0) - 18);
  if (to === undefined || begin === undefined || end === undefined || end <= begin) return from + 12;
  return from + Math.min(1, Math.max(0, (atMs - begin) / (end - begin))) * (to - from);
}
