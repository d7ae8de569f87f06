import type { Point } from './geometry.ts';
import type { PlacedNode } from './graph-layout.ts';

/** Room kept free around a node. */
const GAP = 5;
/** Height of a label above and below its base line. */
const ASCENT = 12;
const DESCENT = 5;

/** Whether a point lies on the node or on its label. */
export function covers(node: PlacedNode, { x, y }: Point, gap = GAP): boolean {
  const [dx, dy] = [Math.abs(x - node.x), Math.abs(y - node.y)];
  const distance = node.shape === 'square' ? Math.max(dx, dy) : Math.hypot(dx, dy);
  const onNode = distance < node.radius + gap;
  const onLabel = dx < node.labelWidth / 2 + 2 && y > node.labelY - ASCENT && y < node.labelY + DESCENT;
  return onNode || onLabel;
}
