import type { CallNode, Totals } from '../schema/tree.ts';

const FAILED: ReadonlySet<string> = new Set(['error', 'timeout', 'truncated', 'interrupted']);

/** Totals of nothing. */
export function emptyTotals(): Totals {
  return { calls: 0, attempts: 0, errors: 0, input_tokens: 0, output_tokens: 0, unpriced_calls: 0 };
}

/** Adds one call. A call that reached a model and has no price is unpriced; its cost is unknown, not 0. */
export function addCall(totals: Totals, call: CallNode): void {
  totals.calls++;
  totals.attempts += call.attempts.length;
  if (FAILED.has(call.status)) totals.errors++;
  totals.input_tokens += call.usage?.input_tokens ?? 0;
  totals.output_tokens += call.usage?.output_tokens ?? 0;
  if (call.cost_usd !== undefined) totals.cost_usd = (totals.cost_usd ?? 0) + call.cost_usd;
  else if (isUnpriced(call.status, call.usage)) totals.unpriced_calls++;
}

/** Adds the totals of a part. */
export function addTotals(sum: Totals, part: Totals): void {
  sum.calls += part.calls;
  sum.attempts += part.attempts;
  sum.errors += part.errors;
  sum.input_tokens += part.input_tokens;
  sum.output_tokens += part.output_tokens;
  sum.unpriced_calls += part.unpriced_calls;
  if (part.cost_usd !== undefined) sum.cost_usd = (sum.cost_usd ?? 0) + part.cost_usd;
}

/** Whether a call without a price reached a model, so that it must have cost something. */
export function isUnpriced(
  status: CallNode['status'],
  usage: { input_tokens?: unknown; output_tokens?: unknown } = {},
): boolean {
  return status === 'ok' || usage.input_tokens !== undefined || usage.output_tokens !== undefined;
}
