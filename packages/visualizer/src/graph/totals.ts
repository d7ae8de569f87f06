import type { CallNode, MessageNode } from '@pd/call-log/schema';
import type { SourceCall } from './graph-source.ts';
import type { GraphTotals } from './run-graph.ts';

const FAILED: ReadonlySet<string> = new Set(['error', 'timeout', 'truncated', 'interrupted']);

/** Whether a call or tool call counts as an error; for calls the same statuses as in the tree's own totals. */
export function isFailed(status: CallNode['status'] | (string & {})): boolean {
  return FAILED.has(status);
}

/** Whether a message did not get where it was going. */
export function isLost(status: MessageNode['status']): boolean {
  return status === 'rejected' || status === 'dead_lettered';
}

export function emptyTotals(): GraphTotals {
  return { calls: 0, errors: 0, openCalls: 0, unpricedCalls: 0 };
}

/** Adds one call; what is not known of it leaves the sum as it was. */
export function addCall(totals: GraphTotals, call: SourceCall): void {
  const { inputTokens, outputTokens, costUsd, status } = call;
  totals.calls++;
  if (isFailed(status)) totals.errors++;
  if (status === 'open') totals.openCalls++;
  if (inputTokens !== undefined) totals.inputTokens = (totals.inputTokens ?? 0) + inputTokens;
  if (outputTokens !== undefined) totals.outputTokens = (totals.outputTokens ?? 0) + outputTokens;
  if (costUsd !== undefined) totals.costUsd = (totals.costUsd ?? 0) + costUsd;
  else if (status === 'ok' || inputTokens !== undefined || outputTokens !== undefined) totals.unpricedCalls++;
}
