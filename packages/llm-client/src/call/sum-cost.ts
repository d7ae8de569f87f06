import type { Usage } from '@pd/call-log/schema';
import { roundUsd } from '../money/round-usd.ts';

/** What the attempts of a call have cost. */
export interface CostSum {
  /** Those whose cost is known; `undefined` when there is none. */
  usd: number | undefined;
  /** One that was paid for has no known cost, so that the sum is not the whole. */
  isPartial: boolean;
}

/** With one attempt more. */
export function addCost(
  sum: CostSum,
  { usage, costUsd }: { usage: Usage; costUsd?: number | undefined },
): CostSum {
  const usd = roundUsd((sum.usd ?? 0) + (costUsd ?? 0));
  if (costUsd !== undefined && Number.isFinite(usd)) return { ...sum, usd };
  return usage.source === 'none' ? sum : { ...sum, isPartial: true };
}

/** The cost of the whole; a part of it is not passed off for that. */
export function wholeCost({ usd, isPartial }: CostSum): number | undefined {
  return isPartial ? undefined : usd;
}
