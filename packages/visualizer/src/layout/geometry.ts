export interface Point {
  x: number;
  y: number;
}

/** To a tenth, so that the last digits of a machine's cosine never show. */
export function decimal(value: number): number {
  return Math.round(value * 10) / 10 || 0;
}

/** An arrow head that ends at `tip`, and where the line in front of it has to stop. */
export function arrowHead(before: Point, tip: Point, width: number): { head: Point[]; base: Point } {
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const [ux, uy] = [(tip.x - before.x) / length, (tip.y - before.y) / length];
  const [long, half] = [7 + width, 3 + width * 0.75];
  const base = { x: tip.x - ux * long, y: tip.y - uy * long };
  const corner = (side: number) => ({ x: base.x - uy * half * side, y: base.y + ux * half * side });
  return { head: [tip, corner(1), corner(-1)], base };
}

/** The point of a quadratic curve at a parameter from 0 to 1. */
export function pointOn([a, b, c]: Curve, t: number): Point {
  const u = 1 - t;
  return {
    x: u * u * a.x + 2 * u * t * b.x + t * t * c.x,
    y: u * u * a.y + 2 * u * t * b.y + t * t * c.y,
  };
}

/** A quadratic curve: where it begins, what pulls it aside, where it ends. */
export type Curve = readonly [Point, Point, Point];
