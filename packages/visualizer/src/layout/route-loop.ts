import { arrowHead, type Point } from './geometry.ts';
import type { PlacedNode } from './graph-layout.ts';
import { labelBox } from './label-box.ts';
import type { RoutedEdge } from './routed-edge.ts';

/** About how far a loop reaches beyond its node. */
const LOOP_REACH = 30;
/** Where a loop may stand, in degrees clockwise from the right; not below, where the label usually is. */
const DIRECTIONS = [-90, -60, -120, -30, -150, -5, -175].map((degrees) => (degrees * Math.PI) / 180);

/** Somebody's edge to itself: a loop on the side where the node's other edges leave most room. */
export function routeLoop(node: PlacedNode, neighbours: readonly Point[], width: number): RoutedEdge {
  const direction = freest(node, [...neighbours, labelCentre(node)]);
  const toPoint = (angle: number, distance: number): Point => ({
    x: node.x + Math.cos(direction + angle) * distance,
    y: node.y + Math.sin(direction + angle) * distance,
  });
  const first = toPoint(-0.42, node.radius + 3);
  const tip = toPoint(0.42, node.radius + 4);
  const [left, right] = [
    toPoint(-0.62, node.radius + LOOP_REACH + 8),
    toPoint(0.62, node.radius + LOOP_REACH + 8),
  ];
  const { head, base } = arrowHead(right, tip, width);
  const label = toPoint(0, node.radius + LOOP_REACH + 1);
  return { points: [first, left, right, base], head, label, width };
}

function freest(node: Point, neighbours: readonly Point[]): number {
  const taken = neighbours.map(({ x, y }) => Math.atan2(y - node.y, x - node.x));
  const room = (direction: number) =>
    taken.reduce((least, angle) => Math.min(least, between(direction, angle)), Math.PI);
  // Ties and near ties go to the earlier direction: upright looks calmest.
  return DIRECTIONS.reduce((best, next) => (room(next) > room(best) + 0.15 ? next : best));
}

/** A loop has to leave room for the label as well. */
function labelCentre(node: PlacedNode): Point {
  const { left, right, top, bottom } = labelBox(node);
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

function between(a: number, b: number): number {
  const turn = Math.abs(a - b) % (2 * Math.PI);
  return Math.min(turn, 2 * Math.PI - turn);
}
