import type { GraphNode } from '../graph/run-graph.ts';
import { decimal, type Point } from './geometry.ts';
import type { PlacedGroup } from './graph-layout.ts';

const ROW = 86;
/** Between the frame and the nodes in it, at the sides, and above and below their centres. */
const SIDE = 14;
const ABOVE = 48;
const BELOW = 48;

/** Puts those who never took part in rows of their own, inside a frame that begins at `top`. */
export function placeSilent(
  silent: readonly GraphNode[],
  places: Map<string, Point>,
  labelWidth: number,
  top: number,
): PlacedGroup | undefined {
  if (silent.length === 0) return undefined;
  let [left, right] = [0, 0];
  for (const { x } of places.values()) {
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  const step = Math.max(84, labelWidth + 20);
  const fitting = Math.max(4, Math.floor((right - left) / step), Math.ceil(Math.sqrt(silent.length)));
  const perRow = Math.min(silent.length, fitting);
  const middle = (left + right) / 2;
  silent.forEach(({ key }, index) => {
    const row = Math.floor(index / perRow);
    const column = (index % perRow) - (perRow - 1) / 2;
    places.set(key, { x: decimal(middle + column * step), y: decimal(top + ABOVE + row * ROW) });
  });
  const rows = Math.ceil(silent.length / perRow);
  const width = Math.max(perRow * step, 150) + 2 * SIDE;
  return {
    label: 'never took part',
    x: middle - width / 2,
    y: top,
    width,
    height: ABOVE + (rows - 1) * ROW + BELOW,
  };
}
