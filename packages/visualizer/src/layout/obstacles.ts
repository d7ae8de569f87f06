import type { Curve, Point } from './geometry.ts';
import type { PlacedNode } from './graph-layout.ts';
import { type Box, labelBox } from './label-box.ts';

/** Room kept free around a node. */
const GAP = 5;
/** Side of the squares in which obstacles are looked up. */
const CELL = 64;
/** Points of a curve that are tried. */
const SAMPLES = 28;

/** Whether a point lies on the node or on its label. */
export function covers(node: PlacedNode, { x, y }: Point, gap: number): boolean {
  return onNode(node, x, y, gap) || isIn(labelBox(node), x, y);
}

function onNode(node: PlacedNode, x: number, y: number, gap: number): boolean {
  const [dx, dy] = [Math.abs(x - node.x), Math.abs(y - node.y)];
  const reach = node.radius + gap;
  return node.shape === 'square' ? Math.max(dx, dy) < reach : dx * dx + dy * dy < reach * reach;
}

function isIn({ left, right, top, bottom }: Box, x: number, y: number): boolean {
  return x > left && x < right && y > top && y < bottom;
}

/** The nodes and labels of a picture, found by where they are. */
export class Obstacles {
  readonly #cells = new Map<number, number[]>();
  readonly #nodes: readonly PlacedNode[];
  readonly #labels: Box[];
  readonly #withLabels: boolean;
  /** The curve by which each node was last met, by number, so that none is counted twice. */
  readonly #metBy: Uint32Array;
  #curves = 0;

  constructor(nodes: readonly PlacedNode[], { withLabels }: { withLabels: boolean }) {
    this.#nodes = nodes;
    this.#withLabels = withLabels;
    this.#labels = nodes.map(labelBox);
    this.#metBy = new Uint32Array(nodes.length);
    nodes.forEach(({ x, y, radius }, index) => {
      const reach = radius + GAP;
      const label = this.#labels[index];
      const cells = new Set(
        cellsOf({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }),
      );
      if (withLabels && label !== undefined) for (const cell of cellsOf(label)) cells.add(cell);
      for (const cell of cells) {
        const there = this.#cells.get(cell);
        if (there === undefined) this.#cells.set(cell, [index]);
        else there.push(index);
      }
    });
  }

  /** How many nodes a curve from one node to another runs over: other nodes, others' labels, its own labels. */
  countMet([a, b, c]: Curve, from: PlacedNode, to: PlacedNode): number {
    const curve = ++this.#curves;
    let count = 0;
    for (let step = 1; step < SAMPLES; step++) {
      // As in pointOn, without making a point: this is where the time of a layout goes.
      const t = step / SAMPLES;
      const u = 1 - t;
      const x = u * u * a.x + 2 * u * t * b.x + t * t * c.x;
      const y = u * u * a.y + 2 * u * t * b.y + t * t * c.y;
      const there = this.#cells.get(cellAt(Math.floor(x / CELL), Math.floor(y / CELL)));
      if (there === undefined) continue;
      for (const index of there) {
        if (this.#metBy[index] === curve || !this.#isOn(index, x, y, from, to)) continue;
        this.#metBy[index] = curve;
        count++;
      }
    }
    return count;
  }

  #isOn(index: number, x: number, y: number, from: PlacedNode, to: PlacedNode): boolean {
    const [node, label] = [this.#nodes[index], this.#labels[index]];
    if (node === undefined || label === undefined) return false;
    return (
      (node !== from && node !== to && onNode(node, x, y, GAP)) || (this.#withLabels && isIn(label, x, y))
    );
  }
}

function* cellsOf({ left, top, right, bottom }: Box): Generator<number> {
  for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) {
    for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) yield cellAt(column, row);
  }
}

/** One number per cell, far enough apart for pictures of millions of units. */
function cellAt(column: number, row: number): number {
  return column * 0x100000 + row;
}
