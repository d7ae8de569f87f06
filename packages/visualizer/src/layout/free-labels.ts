import { type Curve, pointOn } from './geometry.ts';
import type { PlacedNode } from './graph-layout.ts';
import { type Box, labelBox } from './label-box.ts';

const SIDES = ['below', 'above', 'right', 'left'] as const;
/** From a node's border to its label's base line below, above, and to its begin beside it. */
const DROP = 19;
const RISE = 9;
const ASIDE = 8;
/** Points per curve that are looked at, and the side of the squares in which they are looked up. */
const SAMPLES = 40;
const CELL = 32;
/** A label upon another node is worse than one that some edges cross. */
const COST_OF_NODE = 12;

type Side = (typeof SIDES)[number];

/** Puts a label on one side of its node. */
export function labelAt(node: PlacedNode, side: Side): PlacedNode {
  const { x, y, radius } = node;
  switch (side) {
    case 'below':
      return { ...node, labelAnchor: 'middle', labelX: x, labelY: y + radius + DROP };
    case 'above':
      return { ...node, labelAnchor: 'middle', labelX: x, labelY: y - radius - RISE };
    case 'right':
      return { ...node, labelAnchor: 'start', labelX: x + radius + ASIDE, labelY: y + 4 };
    case 'left':
      return { ...node, labelAnchor: 'end', labelX: x - radius - ASIDE, labelY: y + 4 };
  }
}

/** Moves each label to the side of its node where the fewest edges cross it; below when there is no better. */
export function freeLabels(nodes: readonly PlacedNode[], curves: readonly Curve[]): PlacedNode[] {
  const cells = new Map<number, number[]>();
  curves.forEach((curve) => {
    for (let step = 1; step < SAMPLES; step++) {
      const { x, y } = pointOn(curve, step / SAMPLES);
      add(cells, Math.floor(x / CELL), Math.floor(y / CELL), x, y);
    }
  });
  const taken = new Map<number, number[]>();
  const settled = nodes.map((node) => labelAt(node, 'below'));
  settled.forEach((node, index) => {
    occupy(taken, boxOf(node), index);
    occupy(taken, labelBox(node), index);
  });
  settled.forEach((node, index) => {
    let [best, least] = [node, Number.POSITIVE_INFINITY];
    for (const side of SIDES) {
      const candidate = labelAt(node, side);
      const box = labelBox(candidate);
      const cost = countIn(cells, box) + COST_OF_NODE * countTaken(taken, box, index, settled);
      if (cost < least) [best, least] = [candidate, cost];
      if (cost === 0) break;
    }
    settled[index] = best;
    occupy(taken, labelBox(best), index);
  });
  return settled;
}

function boxOf({ x, y, radius }: PlacedNode): Box {
  return { left: x - radius - 4, right: x + radius + 4, top: y - radius - 4, bottom: y + radius + 4 };
}

function add(cells: Map<number, number[]>, column: number, row: number, ...values: number[]): void {
  const key = column * 0x100000 + row;
  const there = cells.get(key);
  if (there === undefined) cells.set(key, values);
  else for (const value of values) there.push(value);
}

function occupy(taken: Map<number, number[]>, box: Box, index: number): void {
  for (const [column, row] of cellsIn(box)) add(taken, column, row, index);
}

function* cellsIn({ left, right, top, bottom }: Box): Generator<[number, number]> {
  for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) {
    for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) yield [column, row];
  }
}

function countIn(cells: ReadonlyMap<number, number[]>, box: Box): number {
  let count = 0;
  for (const [column, row] of cellsIn(box)) {
    const points = cells.get(column * 0x100000 + row) ?? [];
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
      if (x > box.left && x < box.right && y > box.top && y < box.bottom) count++;
    }
  }
  return count;
}

function countTaken(
  taken: ReadonlyMap<number, number[]>,
  box: Box,
  self: number,
  nodes: readonly PlacedNode[],
): number {
  const others = new Set<number>();
  for (const [column, row] of cellsIn(box)) {
    for (const index of taken.get(column * 0x100000 + row) ?? []) {
      const other = nodes[index];
      if (index === self || other === undefined) continue;
      if (overlap(box, boxOf(other)) || overlap(box, labelBox(other))) others.add(index);
    }
  }
  return others.size;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
