export interface Point {
  x: number;
  y: number;
}

/** To a tenth, so that the last digits of a machine's cosine never show. */
export function decimal(value: number): number {
  return Math.round(value * 10) / 10 || 0;
}

/** An arrow head that ends at `tip`, and where the line in front of it has to stop. */
export function arrowHead(before: Point, tip: Point, width: number): { head: string; base: Point } {
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const [ux, uy] = [(tip.x - before.x) / length, (tip.y - before.y) / length];
  const [long, half] = [7 + width, 3 + width * 0.75];
  const base = { x: tip.x - ux * long, y: tip.y - uy * long };
  const corner = (side: number) =>
    `${decimal(base.x - uy * half * side)} ${decimal(base.y + ux * half * side)}`;
  return { head: `M${decimal(tip.x)} ${decimal(tip.y)}L${corner(1)}L${corner(-1)}Z`, base };
}
