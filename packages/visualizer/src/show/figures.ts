import { formatCount } from '@pd/call-log/terminal';
import { formatCost } from '../text/format.ts';
import type { Style } from './style.ts';

/** Sums of calls as far as they are known. */
export interface Sums {
  calls: number;
  costUsd?: number | undefined;
  unpricedCalls: number;
  inputTokens?: number | undefined;
  outputTokens?: number | undefined;
}

/** Money: a price, at least a price, `unpriced`, or nothing where nothing was spent. */
export function costFigure({ calls, costUsd, unpricedCalls }: Sums, { glyphs }: Style): string[] {
  if (costUsd !== undefined)
    return [`${unpricedCalls > 0 ? `${glyphs.atLeast} ` : ''}${formatCost(costUsd)}`];
  return calls > 0 && unpricedCalls > 0 ? ['unpriced'] : [];
}

/** Tokens in and out; nothing where nothing is known. */
export function tokenFigure({ inputTokens, outputTokens }: Sums): string[] {
  if (!inputTokens && !outputTokens) return [];
  return [`${formatCount(inputTokens ?? 0)} in, ${formatCount(outputTokens ?? 0)} out`];
}
