import { arrowHead, decimal, type Point } from './geometry.ts';
import type { PlacedEdge, PlacedNode } from './graph-layout.ts';
import { covers } from './obstacles.ts';

/** How far a curve is pulled aside, as a part of its length; the first that meets nobody is taken. */
const BENDS = [0, 0.16, -0.16, 0.3, -0.3, 0.46, -0.46, 0.64, -0.64];
/** With an edge in the opposite direction both keep to their own right-hand side, so that they part. */
const BENDS_OF_PAIRS = [0.13, 0.22, 0.32, 0.44, 0.58, 0.74];
const SAMPLES = 64;

/** The curve from one node to another, which avoids the other nodes and both nodes' own labels. */
export function routeEdge(
  from: PlacedNode,
  to: PlacedNode,
  nodes: readonly PlacedNode[],
  { hasOpposite, width }: { hasOpposite: boolean; width: number },
): Omit<PlacedEdge, 'key'> {
  const others = nodes.filter((node) => node !== from && node !== to);
  const candidates = (hasOpposite ? BENDS_OF_PAIRS : BENDS).map((bend) => control(from, to, bend));
  const met = (middle: Point) => countMet(from, middle, to, others);
  let middle = candidates[0] ?? from;
  let fewest = met(middle);
  for (const candidate of candidates) {
    if (fewest === 0) break;
    const count = met(candidate);
    if (count < fewest) [middle, fewest] = [candidate, count];
  }
  return trim(from, middle, to, width);
}

function control(from: Point, to: Point, bend: number): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return { x: (from.x + to.x) / 2 - dy * bend, y: (from.y + to.y) / 2 + dx * bend };
}

function countMet(from: PlacedNode, middle: Point, to: PlacedNode, others: readonly PlacedNode[]): number {
  let count = 0;
  for (const other of others) {
    for (let i = 1; i < 24; i++) {
      if (!covers(other, at(from, middle, to, i / 24))) continue;
      count++;
      break;
    }
  }
  return count;
}

/** Cuts the curve off at both borders and puts the arrow head on its end. */
function trim(from: PlacedNode, middle: Point, to: PlacedNode, width: number): Omit<PlacedEdge, 'key'> {
  // From the middle outwards, because there is a gap between a node and its label.
  let start = SAMPLES / 2;
  while (start > 0 && !covers(from, at(from, middle, to, start / SAMPLES), 3)) start--;
  let end = SAMPLES / 2;
  while (end < SAMPLES && !covers(to, at(from, middle, to, end / SAMPLES), 4)) end++;
  const tip = at(from, middle, to, end / SAMPLES);
  const before = at(from, middle, to, Math.max(start, end - 2) / SAMPLES);
  const { head, base } = arrowHead(before, tip, width);
  const first = at(from, middle, to, start / SAMPLES);
  const bend = subControl(from, middle, to, start / SAMPLES, end / SAMPLES);
  const label = at(from, middle, to, (start + end) / 2 / SAMPLES);
  const path = `M${decimal(first.x)} ${decimal(first.y)}Q${decimal(bend.x)} ${decimal(bend.y)} ${decimal(base.x)} ${decimal(base.y)}`;
  return { path, head, width, labelX: decimal(label.x), labelY: decimal(label.y) };
}

function at(a: Point, b: Point, c: Point, t: number): Point {
  const u = 1 - t;
  return {
    x: u * u * a.x + 2 * u * t * b.x + t * t * c.x,
    y: u * u * a.y + 2 * u * t * b.y + t * t * c.y,
  };
}

/** The control point of the part of a quadratic curve between two of its parameters (its blossom). */
function subControl(a: Point, b: Point, c: Point, s: number, e: number): Point {
  const blossom = (p: number, q: number, r: number) =>
    (1 - s) * (1 - e) * p + ((1 - s) * e + s * (1 - e)) * q + s * e * r;
  return { x: blossom(a.x, b.x, c.x), y: blossom(a.y, b.y, c.y) };
}
