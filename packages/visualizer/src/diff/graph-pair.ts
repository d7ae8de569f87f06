import type { RunTree } from '@pd/call-log/schema';
import type { GraphEdge, GraphNode, RunGraph } from '../graph/run-graph.ts';
import { toGraph } from '../graph/to-graph.ts';
import { escapeHtml } from '../html/escape-html.ts';
import type { GraphLayout } from '../layout/graph-layout.ts';
import { layoutGraph } from '../layout/layout-graph.ts';
import { isDense } from '../matrix/is-dense.ts';
import { shorten } from '../text/shorten.ts';
import { shownLine } from '../text/shown-text.ts';

const LONGEST_NAME = 100;

/** The same picture twice, each with what its run has; absent when it would be a tangle. */
export interface GraphPair {
  a: string;
  b: string;
}

/**
 * Both graphs as SVG, laid out as one, so that everything stands in the same place in both. What only one run has is marked
 * there and faint in the other; edges whose counts differ are marked in both.
 */
export function graphPair(treeA: RunTree, treeB: RunTree): GraphPair | undefined {
  const [a, b] = [toGraph(treeA), toGraph(treeB)];
  const both = union(a, b);
  if (isDense(both)) return undefined;
  const layout = layoutGraph(both);
  return {
    a: svg(layout, both, { own: a, other: b, mark: 'removed', title: 'Graph of a' }),
    b: svg(layout, both, { own: b, other: a, mark: 'added', title: 'Graph of b' }),
  };
}

function union(a: RunGraph, b: RunGraph): RunGraph {
  const merge = <T extends { key: string }>(first: readonly T[], second: readonly T[]): T[] => [
    ...new Map([...second, ...first].map((item) => [item.key, item])).values(),
  ];
  return { runId: a.runId, nodes: merge(a.nodes, b.nodes), edges: merge(a.edges, b.edges) };
}

interface Side {
  own: RunGraph;
  other: RunGraph;
  /** What is only here. */
  mark: 'removed' | 'added';
  title: string;
}

function svg(
  { width, height, nodes, edges }: GraphLayout,
  both: RunGraph,
  { own, other, mark, title }: Side,
): string {
  const [ownNodes, otherNodes] = [keyed(own.nodes), keyed(other.nodes)];
  const [ownEdges, otherEdges] = [keyed(own.edges), keyed(other.edges)];
  const [kinds, names] = [keyed(both.edges), keyed(both.nodes)];
  const lines = edges.map(({ key, path, head, width: stroke, labelX, labelY }) => {
    const [here, there] = [ownEdges.get(key), otherEdges.get(key)];
    const isChanged = here !== undefined && there !== undefined && here.count !== there.count;
    const state = isChanged ? 'changed' : stateOf(here, there, mark);
    const label =
      here !== undefined && state !== ''
        ? `<text class="edge-label" x="${labelX}" y="${labelY}">${here.count}</text>`
        : '';
    return `<g class="edge edge-${kinds.get(key)?.kind ?? ''} ${state}"><path class="edge-line" d="${path}" stroke-width="${stroke}"/><path class="edge-head" d="${head}"/>${label}</g>`;
  });
  const shapes = nodes.map(({ key, shape, x, y, radius, label, labelX, labelY, labelAnchor }) => {
    const here = ownNodes.get(key);
    const body =
      shape === 'square'
        ? `<rect class="node-body" x="${x - radius}" y="${y - radius}" width="${radius * 2}" height="${radius * 2}" rx="7"/>`
        : `<circle class="node-body" cx="${x}" cy="${y}" r="${radius}"/>`;
    const count = here !== undefined && here.totals.calls > 0 ? here.totals.calls : '';
    return `<g class="node ${stateOf(here, otherNodes.get(key), mark)}"><title>${text(names.get(key)?.id ?? '')}</title>${body}<text class="node-count" x="${x}" y="${y}" dy="0.35em">${count}</text><text class="node-label" x="${labelX}" y="${labelY}" text-anchor="${labelAnchor}">${text(label)}</text></g>`;
  });
  return `<svg class="graph" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">${lines.join('')}${shapes.join('')}</svg>`;
}

function stateOf(here: object | undefined, there: object | undefined, mark: Side['mark']): string {
  if (here === undefined) return 'absent';
  return there === undefined ? `only ${mark}` : '';
}

function keyed<T extends GraphNode | GraphEdge>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.key, item]));
}

function text(label: string): string {
  return escapeHtml(shorten(shownLine(label), LONGEST_NAME));
}
