import type { CallNode } from '@pd/call-log/schema';
import type { GraphTotals } from './run-graph.ts';

const FAILED: ReadonlySet<CallNode['status']> = new Set(['error', 'timeout', 'truncated', 'interrupted']);

/** Whether a call counts as an error; the same statuses as in the tree's own totals. */
export function isFailed(status: CallNode['status']): boolean {
  return FAILED.has(status);
}

export function emptyTotals(): GraphTotals {
  return { calls: 0, errors: 0, unpricedCalls: 0 };
}

/** Adds one call; what is not known of it leaves the sum as it was. */
export function addCall(totals: GraphTotals, call: CallNode): void {
  const { input_tokens: inputTokens, output_tokens: outputTokens } = call.usage ?? {};
  totals.calls++;
  if (isFailed(call.status)) totals.errors++;
  if (inputTokens !== undefined) totals.inputTokens = (totals.inputTokens ?? 0) + inputTokens;
  if (outputTokens !== undefined) totals.outputTokens = (totals.outputTokens ?? 0) + outputTokens;
  if (call.cost_usd !== undefined) totals.costUsd = (totals.costUsd ?? 0) + call.cost_usd;
  else if (call.status === 'ok' || inputTokens !== undefined || outputTokens !== undefined)
    totals.unpricedCalls++;
}
