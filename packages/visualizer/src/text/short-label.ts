import { visibleLabel } from './visible-label.ts';

/** Longest name that is drawn in full, in characters. */
const LONGEST = 22;

/** A name as it stands in a picture: on one line, with what cannot be seen made visible, ending in `…` if cut. */
export function shortLabel(text: string): string {
  // Only the beginning is looked at, because a name may be megabytes long.
  const chars = [...visibleLabel(text.slice(0, 4 * LONGEST))];
  return chars.length > LONGEST ? `${chars.slice(0, LONGEST - 1).join('')}…` : chars.join('');
}
