import type { GraphNode, RunGraph } from '../graph/run-graph.ts';
import { decimal, type Point } from './geometry.ts';

/** Between two nodes beside each other. */
const COLUMN = 150;
const LEAST_PER_ROW = 5;

/**
 * Puts nodes in rows, each as close as possible below or above those with whom it has edges.
 *
 * @param rows height of the first row's centres, and how far it is to the next
 */
export function placeRows(
  nodes: readonly GraphNode[],
  graph: RunGraph,
  places: Map<string, Point>,
  rows: { first: number; step: number },
): void {
  const pull = new Map(nodes.map(({ key }) => [key, { sum: 0, weight: 0 }]));
  let [left, right] = [0, 0];
  for (const { x } of places.values()) {
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  for (const edge of graph.edges) {
    const sums = pull.get(edge.to);
    const from = places.get(edge.from);
    if (sums === undefined || from === undefined) continue;
    sums.sum += from.x * edge.count;
    sums.weight += edge.count;
  }
  const middle = ({ key }: GraphNode) => {
    const { sum, weight } = pull.get(key) ?? { sum: 0, weight: 0 };
    return weight === 0 ? 0 : sum / weight;
  };
  const ordered = [...nodes].sort((a, b) => middle(a) - middle(b));
  const perRow = Math.max(LEAST_PER_ROW, Math.floor((right - left) / COLUMN) + 1);
  ordered.forEach(({ key }, index) => {
    const row = Math.floor(index / perRow);
    const inRow = Math.min(perRow, ordered.length - row * perRow);
    const column = (index % perRow) - (inRow - 1) / 2;
    places.set(key, {
      x: decimal((left + right) / 2 + column * COLUMN),
      y: decimal(rows.first + row * rows.step),
    });
  });
}
