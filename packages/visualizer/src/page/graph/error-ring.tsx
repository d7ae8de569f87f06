interface ErrorRingProps {
  x: number;
  y: number;
  radius: number;
}

/** The part of an agent's calls that failed, as an arc around it from the top clockwise; see {@link setErrorRing}. */
export function ErrorRing({ x, y, radius }: ErrorRingProps) {
  return (
    <circle
      class="node-errors"
      cx={x}
      cy={y}
      r={radius + 0.5}
      stroke-dasharray="0 1000"
      transform={`rotate(-90 ${x} ${y})`}
    />
  );
}

/** @param share 0 to 1 */
export function setErrorRing(ring: SVGElement | null, share: number): void {
  if (ring === null) return;
  const around = 2 * Math.PI * Number(ring.getAttribute('r'));
  const dashes = `${(around * share).toFixed(1)} ${around.toFixed(1)}`;
  if (ring.getAttribute('stroke-dasharray') !== dashes) ring.setAttribute('stroke-dasharray', dashes);
}
