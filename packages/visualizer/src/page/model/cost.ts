import type { GraphTotals } from '../../graph/run-graph.ts';
import { formatCost } from '../../text/format.ts';

/** A sum of money as far as it is known: a price, `unpriced`, or `–` where nothing was spent. */
export function costText({
  calls,
  costUsd,
  unpricedCalls,
}: Pick<GraphTotals, 'calls' | 'costUsd' | 'unpricedCalls'>): string {
  if (costUsd !== undefined) return unpricedCalls > 0 ? `≥ ${formatCost(costUsd)}` : formatCost(costUsd);
  return calls > 0 && unpricedCalls > 0 ? 'unpriced' : '–';
}
