import { decimal, type Point } from './geometry.ts';
import type { PlacedEdge } from './graph-layout.ts';

/** An edge as points, before the picture's corner is known. */
export interface RoutedEdge {
  /** Begin, one or two control points, base of the arrow head. */
  points: Point[];
  head: Point[];
  label: Point;
  width: number;
}

/** Writes an edge as SVG paths, moved by (dx, dy). */
export function toPlacedEdge(key: string, edge: RoutedEdge, dx: number, dy: number): PlacedEdge {
  const write = ({ x, y }: Point) => `${decimal(x + dx)} ${decimal(y + dy)}`;
  const [first, ...rest] = edge.points.map(write);
  const [tip, ...corners] = edge.head.map(write);
  return {
    key,
    path: `M${first}${rest.length === 3 ? 'C' : 'Q'}${rest.join(' ')}`,
    head: `M${tip}${corners.map((corner) => `L${corner}`).join('')}Z`,
    width: edge.width,
    labelX: decimal(edge.label.x + dx),
    labelY: decimal(edge.label.y + dy),
  };
}
