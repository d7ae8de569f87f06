import type { Light } from './activity.ts';

/** 0xRRGGBBAA, of the text in a node's box. Each can be read on white and on black; nobody knows which theme a viewer has. */
export const LIT: Readonly<Record<Light, number>> = {
  speaks: 0xf07800ff,
  answers: 0x2f8fe8ff,
  hears: 0x22a06bff,
  failed: 0xe5383bff,
};

/** Of nodes in which nothing goes on. */
const RESTING: ReadonlyMap<string, number> = new Map([
  ['person', 0x9a8560ff],
  ['model', 0x6f8299ff],
  ['tool', 0x8d7a9aff],
]);
const RESTING_OTHERS = 0x858585ff;

export function restingColour(kind: string): number {
  return RESTING.get(kind) ?? RESTING_OTHERS;
}
