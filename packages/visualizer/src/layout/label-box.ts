import type { PlacedNode } from './graph-layout.ts';

/** Height of a label above and below its base line. */
export const ASCENT = 12;
export const DESCENT = 5;

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The room that a node's label takes. */
export function labelBox({ labelAnchor, labelX, labelY, labelWidth }: PlacedNode): Box {
  const before = labelAnchor === 'start' ? 0 : labelAnchor === 'end' ? labelWidth : labelWidth / 2;
  return {
    left: labelX - before - 2,
    right: labelX - before + labelWidth + 2,
    top: labelY - ASCENT,
    bottom: labelY + DESCENT,
  };
}
