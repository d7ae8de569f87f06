import { isSpeaker } from '../graph/is-speaker.ts';
import type { GraphEdge, GraphNode, RunGraph } from '../graph/run-graph.ts';
import { linksBetween } from '../layout/links.ts';
import { talkOrder } from '../layout/talk-order.ts';
import type { Matrix, MatrixCell, MatrixLine } from './matrix.ts';

/**
 * A graph as a table. Rows are those who speak, columns the same in the same order, then models and tools,
 * so that the diagonal is everybody's own. Those who talk with each other stand side by side. Who never
 * took part is left out. The same graph always gives the same table; time and room grow with the edges, not
 * with rows times columns.
 */
export function toMatrix(graph: RunGraph): Matrix {
  const speakers = graph.nodes.filter((node) => isSpeaker(node) && !node.isSilent);
  const ordered = talkOrder(linksBetween(speakers, graph)).flatMap((place) => speakers[place] ?? []);
  const rows = ordered.map(toLine);
  const columns = [...rows, ...graph.nodes.filter((node) => !isSpeaker(node)).map(toLine)];
  const rowOf = new Map(rows.map(({ key }, place) => [key, place]));
  const columnOf = new Map(columns.map(({ key }, place) => [key, place]));
  const cells = new Map<number, MatrixCell>();
  for (const edge of graph.edges) {
    const [row, column] = [rowOf.get(edge.from), columnOf.get(edge.to)];
    if (row === undefined || column === undefined) continue;
    const place = row * columns.length + column;
    const cell = cells.get(place) ?? { row, column, count: 0, errors: 0, edges: [] };
    addEdge(cell, edge);
    cells.set(place, cell);
  }
  const inOrder = [...cells].sort(([a], [b]) => a - b);
  return { rows, columns, cells: inOrder.map(([, cell]) => cell) };
}

function toLine({ key, label }: GraphNode): MatrixLine {
  return { key, label };
}

function addEdge(cell: MatrixCell, edge: GraphEdge): void {
  cell.count += edge.count;
  cell.errors += edge.errors;
  cell.edges.push(edge.key);
  const costUsd = edge.kind === 'tool' ? undefined : edge.totals.costUsd;
  if (costUsd !== undefined) cell.costUsd = (cell.costUsd ?? 0) + costUsd;
}
