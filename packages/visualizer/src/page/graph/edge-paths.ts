import type { GraphEdge, RunGraph } from '../../graph/run-graph.ts';
import type { GraphLayout, PlacedEdge } from '../../layout/graph-layout.ts';

/** An edge ready to be drawn on a canvas and to be pointed at. */
export interface EdgePath {
  edge: GraphEdge;
  /** Among the graph's edges. */
  place: number;
  placed: PlacedEdge;
  line: Path2D;
  head: Path2D;
  /** What the line does not leave. */
  box: { left: number; top: number; right: number; bottom: number };
}

/** The edges that the layout has a place for. */
export function edgePaths(graph: RunGraph, layout: GraphLayout): EdgePath[] {
  const placedBy = new Map(layout.edges.map((placed) => [placed.key, placed]));
  return graph.edges.flatMap((edge, place) => {
    const placed = placedBy.get(edge.key);
    if (placed === undefined) return [];
    const [line, head] = [new Path2D(placed.path), new Path2D(placed.head)];
    return { edge, place, placed, line, head, box: boxOf(placed.path) };
  });
}

/** A curve stays within its control points. */
function boxOf(path: string): EdgePath['box'] {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const [index, [number]] of [...path.matchAll(/-?[\d.]+/g)].entries()) {
    const value = Number(number);
    const [least, most] = index % 2 === 0 ? (['left', 'right'] as const) : (['top', 'bottom'] as const);
    box[least] = Math.min(box[least], value);
    box[most] = Math.max(box[most], value);
  }
  return box;
}

/** Half of how far beside a line somebody may point, in pixels of the screen. */
const REACH = 6;

/** The edge at a point of the picture, the one drawn last where there are several. */
export function edgeAt(
  context: CanvasRenderingContext2D,
  paths: readonly EdgePath[],
  { x, y }: { x: number; y: number },
  scale: number,
): EdgePath | undefined {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.setLineDash([]);
  const reach = REACH / scale;
  const found = paths.findLast(({ box, line, placed }) => {
    const room = reach + placed.width;
    if (x < box.left - room || x > box.right + room || y < box.top - room || y > box.bottom + room)
      return false;
    context.lineWidth = placed.width + 2 * reach;
    return context.isPointInStroke(line, x, y);
  });
  context.restore();
  return found;
}
