import { arrowHead, type Curve, type Point, pointOn } from './geometry.ts';
import type { PlacedNode } from './graph-layout.ts';
import { covers, type Obstacles } from './obstacles.ts';
import type { RoutedEdge } from './routed-edge.ts';

/** How far a curve is pulled aside, as a part of its length; the first that meets nobody is taken. */
const BENDS = [0, 0.1, -0.1, 0.18, -0.18, 0.3, -0.3, 0.42, -0.42, 0.54, -0.54, 0.68, -0.68, 0.85, -0.85];
/** With an edge in the opposite direction both keep to their own right-hand side, so that they part. */
const BENDS_OF_PAIRS = [0.13, 0.19, 0.26, 0.34, 0.44, 0.58, 0.74, 0.9];
const SAMPLES = 64;

/**
 * The curve from one node to another that meets the fewest other nodes and labels.
 *
 * @param obstacles absent: the first bend is taken
 */
export function chooseCurve(
  from: PlacedNode,
  to: PlacedNode,
  obstacles: Obstacles | undefined,
  hasOpposite: boolean,
): Curve {
  const bends = hasOpposite ? BENDS_OF_PAIRS : BENDS;
  let best = bent(from, to, bends[0] ?? 0);
  if (obstacles === undefined) return best;
  let fewest = obstacles.countMet(best, from, to);
  for (const bend of bends.slice(1)) {
    if (fewest === 0) break;
    const curve = bent(from, to, bend);
    const met = obstacles.countMet(curve, from, to);
    if (met < fewest) [best, fewest] = [curve, met];
  }
  return best;
}

function bent(from: Point, to: Point, bend: number): Curve {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return [from, { x: (from.x + to.x) / 2 - dy * bend, y: (from.y + to.y) / 2 + dx * bend }, to];
}

/** Cuts a curve off at the borders of both nodes and puts the arrow head on its end. */
export function trimCurve(curve: Curve, from: PlacedNode, to: PlacedNode, width: number): RoutedEdge {
  // From the middle outwards, because there is a gap between a node and its label.
  let start = SAMPLES / 2;
  while (start > 0 && !covers(from, pointOn(curve, start / SAMPLES), 3)) start--;
  let end = SAMPLES / 2;
  while (end < SAMPLES && !covers(to, pointOn(curve, end / SAMPLES), 4)) end++;
  const tip = pointOn(curve, end / SAMPLES);
  const before = pointOn(curve, Math.max(start, end - 2) / SAMPLES);
  const { head, base } = arrowHead(before, tip, width);
  const first = pointOn(curve, start / SAMPLES);
  const control = subControl(curve, start / SAMPLES, end / SAMPLES);
  const label = pointOn(curve, (start + end) / 2 / SAMPLES);
  return { points: [first, control, base], head, label, width };
}

/** The control point of the part of a quadratic curve between two of its parameters (its blossom). */
function subControl([a, b, c]: Curve, s: number, e: number): Point {
  const blossom = (p: number, q: number, r: number) =>
    (1 - s) * (1 - e) * p + ((1 - s) * e + s * (1 - e)) * q + s * e * r;
  return { x: blossom(a.x, b.x, c.x), y: blossom(a.y, b.y, c.y) };
}
