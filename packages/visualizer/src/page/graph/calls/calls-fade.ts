import type { CallsPicture } from './calls-picture.ts';

/** How much is to be seen of what has not happened yet, and of what happened long ago. */
const NOT_YET = 0.14;
const LONG_AGO = 0.45;
/** Steps between, so that little changes from one frame to the next. */
const STEPS = 6;

/** Whether a node's call was going on; what has no end was going on from its beginning. */
export function isOpenAt(node: CallsPicture['graph']['nodes'][number], atMs: number): boolean {
  const { kind, status, atMs: begin, endMs } = node;
  if (kind !== 'call' || begin === undefined || begin > atMs) return false;
  return endMs === undefined ? status === 'open' : endMs > atMs;
}

/**
 * How much is to be seen of a node at a moment: the more recent the more, little of what is still to come.
 *
 * @param halfLife milliseconds after which a trace has faded by half
 */
export function nodeOpacity(
  node: CallsPicture['graph']['nodes'][number],
  atMs: number,
  halfLife: number,
): number {
  if (node.atMs !== undefined && node.atMs > atMs) return NOT_YET;
  if (isOpenAt(node, atMs)) return 1;
  const since = atMs - (node.endMs ?? node.atMs ?? Number.NEGATIVE_INFINITY);
  const left = Math.round(STEPS * 0.5 ** (since / halfLife)) / STEPS;
  return LONG_AGO + (1 - LONG_AGO) * left;
}
