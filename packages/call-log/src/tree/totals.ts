import type { CallNode, Totals } from '../schema/tree.ts';

const FAILED: ReadonlySet<string> = new Set(['error', 'timeout', 'truncated', 'interrupted']);

/** Totals of nothing. */
export function emptyTotals(): Totals {
  return { calls: 0, attempts: 0, errors: 0, input_tokens: 0, output_tokens: 0, unpriced_calls: 0 };
}

/**
 * Adds one call. A call that reached a model and has no price is unpriced; its cost is unknown, not 0. The tokens of an answer
 * from a cache were counted when it was made.
 */
export function addCall(totals: Totals, call: CallNode): void {
  totals.calls++;
  totals.attempts += call.attempts.length;
  if (FAILED.has(call.status)) totals.errors++;
  if (call.post?.cached !== true) {
    totals.input_tokens = sum(totals.input_tokens, call.usage?.input_tokens);
    totals.output_tokens = sum(totals.output_tokens, call.usage?.output_tokens);
  }
  if (call.cost_usd !== undefined) totals.cost_usd = sum(totals.cost_usd, call.cost_usd);
  else if (isUnpriced(call.status, call.usage)) totals.unpriced_calls++;
}

/** Adds the totals of a part. */
export function addTotals(whole: Totals, part: Totals): void {
  whole.calls += part.calls;
  whole.attempts += part.attempts;
  whole.errors += part.errors;
  whole.input_tokens = sum(whole.input_tokens, part.input_tokens);
  whole.output_tokens = sum(whole.output_tokens, part.output_tokens);
  whole.unpriced_calls += part.unpriced_calls;
  if (part.cost_usd !== undefined) whole.cost_usd = sum(whole.cost_usd, part.cost_usd);
}

/** Whether a call without a price reached a model, so that it must have cost something. */
export function isUnpriced(
  status: CallNode['status'],
  usage: { input_tokens?: unknown; output_tokens?: unknown } = {},
): boolean {
  return status === 'ok' || usage.input_tokens !== undefined || usage.output_tokens !== undefined;
}

/** Never beyond what JSON can hold, whatever a damaged journal adds up to. */
function sum(a = 0, b = 0): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, a + b));
}
