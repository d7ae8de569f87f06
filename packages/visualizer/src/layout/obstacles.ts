import { type Curve, type Point, pointOn } from './geometry.ts';
import type { PlacedNode } from './graph-layout.ts';
import { labelBox } from './label-box.ts';

/** Room kept free around a node. */
const GAP = 5;
/** Side of the squares in which obstacles are looked up. */
const CELL = 64;
/** Points of a curve that are tried. */
const SAMPLES = 28;

/** Whether a point lies on the node or on its label. */
export function covers(node: PlacedNode, point: Point, gap = GAP): boolean {
  return onNode(node, point, gap) || onLabel(node, point);
}

function onNode(node: PlacedNode, { x, y }: Point, gap: number): boolean {
  const [dx, dy] = [Math.abs(x - node.x), Math.abs(y - node.y)];
  const reach = node.radius + gap;
  return node.shape === 'square' ? Math.max(dx, dy) < reach : dx * dx + dy * dy < reach * reach;
}

function onLabel(node: PlacedNode, { x, y }: Point): boolean {
  const { left, right, top, bottom } = labelBox(node);
  return x > left && x < right && y > top && y < bottom;
}

/** The nodes and labels of a picture, found by where they are. */
export class Obstacles {
  readonly #cells = new Map<number, PlacedNode[]>();
  readonly #withLabels: boolean;

  constructor(nodes: readonly PlacedNode[], { withLabels }: { withLabels: boolean }) {
    this.#withLabels = withLabels;
    for (const node of nodes) {
      const { x, y, radius } = node;
      const label = labelBox(node);
      const reach = radius + GAP;
      const cells = new Set(cellsOf(x - reach, y - reach, x + reach, y + reach));
      if (withLabels)
        for (const cell of cellsOf(label.left, label.top, label.right, label.bottom)) cells.add(cell);
      for (const cell of cells) {
        const there = this.#cells.get(cell);
        if (there === undefined) this.#cells.set(cell, [node]);
        else there.push(node);
      }
    }
  }

  /** How many nodes a curve from one node to another runs over: other nodes, others' labels, its own labels. */
  countMet(curve: Curve, from: PlacedNode, to: PlacedNode): number {
    const met = new Set<PlacedNode>();
    for (let step = 1; step < SAMPLES; step++) {
      const point = pointOn(curve, step / SAMPLES);
      const there = this.#cells.get(cellAt(Math.floor(point.x / CELL), Math.floor(point.y / CELL)));
      if (there === undefined) continue;
      for (const node of there) {
        if (met.has(node)) continue;
        const isEnd = node === from || node === to;
        if ((!isEnd && onNode(node, point, GAP)) || (this.#withLabels && onLabel(node, point))) met.add(node);
      }
    }
    return met.size;
  }
}

function* cellsOf(left: number, top: number, right: number, bottom: number): Generator<number> {
  for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) {
    for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) yield cellAt(column, row);
  }
}

/** One number per cell, far enough apart for pictures of millions of units. */
function cellAt(column: number, row: number): number {
  return column * 0x100000 + row;
}
