import { TURN_MS } from '../../page-data/turns.ts';
import { formatOffset } from '../../text/format.ts';

/**
 * How a moment of a run is called: how long after its beginning, or which turn it was where only the order is known.
 *
 * @param step how far the next moment beside it is, in milliseconds
 */
export function momentText({ isInTurns }: { isInTurns: boolean }, ms: number, step?: number): string {
  return isInTurns ? `turn ${Math.floor(ms / TURN_MS) + 1}` : formatOffset(ms, step);
}
