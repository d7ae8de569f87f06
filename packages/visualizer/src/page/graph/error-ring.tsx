import type { GraphTotals } from '../../graph/run-graph.ts';

interface ErrorRingProps {
  x: number;
  y: number;
  radius: number;
  totals: GraphTotals;
}

/** The part of an agent's calls that failed, as an arc around it from the top clockwise. */
export function ErrorRing({ x, y, radius, totals }: ErrorRingProps) {
  if (totals.errors === 0) return null;
  const ring = radius + 0.5;
  const around = 2 * Math.PI * ring;
  // A single failure among many must still be seen.
  const share = Math.max(0.04, totals.errors / totals.calls);
  return (
    <circle
      class="node-errors"
      cx={x}
      cy={y}
      r={ring}
      stroke-dasharray={`${around * share} ${around}`}
      transform={`rotate(-90 ${x} ${y})`}
    />
  );
}
