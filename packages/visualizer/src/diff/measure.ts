import type { CallNode } from '@pd/call-log/schema';
import { isFailed } from '../graph/totals.ts';

/** What some calls add up to. A sum of which no part is known is absent, never 0. */
export interface Measures {
  calls: number;
  attempts: number;
  /** Calls that ended as `error`, `timeout`, `truncated` or `interrupted`. */
  errors: number;
  inputTokens?: number;
  outputTokens?: number;
  cachedTokens?: number;
  /** US dollars, over the calls that have a price. */
  costUsd?: number;
  /** Calls that reached a model and have no price. */
  unpricedCalls: number;
  /** Calls that reached a model and whose tokens are not known. */
  uncountedCalls: number;
  /** Of the calls' durations, in milliseconds: half took at most so long. */
  medianMs?: number;
  /** 95 of 100 took at most so long. */
  p95Ms?: number;
}

/** One thing measured in both runs; absent where a run has none of it. */
export interface Compared {
  a?: Measures;
  b?: Measures;
}

/** Adds up calls. An answer from a client's cache cost nothing again, so that its tokens do not count. */
export function measure(calls: Iterable<CallNode>): Measures {
  const sum: Measures = { calls: 0, attempts: 0, errors: 0, unpricedCalls: 0, uncountedCalls: 0 };
  const durations: number[] = [];
  for (const { status, attempts, usage, cost_usd: cost, duration_ms: duration, post } of calls) {
    const isCached = post?.cached === true;
    const { input_tokens: input, output_tokens: output, cache_read_input_tokens: cached } = usage ?? {};
    const isCounted = input !== undefined || output !== undefined;
    sum.calls++;
    sum.attempts += attempts.length;
    if (isFailed(status)) sum.errors++;
    if (duration !== undefined) durations.push(duration);
    if (cost !== undefined) sum.costUsd = (sum.costUsd ?? 0) + cost;
    else if (status === 'ok' || isCounted) sum.unpricedCalls++;
    if (isCached) continue;
    if (!isCounted && status === 'ok') sum.uncountedCalls++;
    if (input !== undefined) sum.inputTokens = (sum.inputTokens ?? 0) + input;
    if (output !== undefined) sum.outputTokens = (sum.outputTokens ?? 0) + output;
    if (cached !== undefined) sum.cachedTokens = (sum.cachedTokens ?? 0) + cached;
  }
  durations.sort((x, y) => x - y);
  const [medianMs, p95Ms] = [percentile(durations, 0.5), percentile(durations, 0.95)];
  return { ...sum, ...(medianMs !== undefined && { medianMs }), ...(p95Ms !== undefined && { p95Ms }) };
}

/** The smallest value that so large a part of them does not exceed. */
function percentile(sorted: readonly number[], part: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
}
