import type { ChatResult, TokenUsage } from '../chat-result.ts';
import type { ObjectResult } from './object-result.ts';

const COUNTS = [
  'inputTokens',
  'outputTokens',
  'cacheReadInputTokens',
  'cacheCreationInputTokens',
  'reasoningOutputTokens',
] as const satisfies (keyof TokenUsage)[];

/** What several calls took together. What is not known of one of them is not known of the sum. */
export function sumCalls(
  calls: readonly ChatResult[],
): Pick<ObjectResult<unknown>, 'calls' | 'usage' | 'costUsd'> {
  const sources = new Set(calls.map(({ usage }) => usage.source));
  const [only = 'none'] = sources;
  const usage: TokenUsage = { source: sources.size > 1 ? 'estimated' : only };
  for (const count of COUNTS) {
    const sum = total(calls.map((call) => call.usage[count]));
    if (sum !== undefined) usage[count] = sum;
  }
  return {
    calls: calls as ObjectResult<unknown>['calls'],
    usage,
    costUsd: total(calls.map(({ costUsd }) => costUsd)),
  };
}

function total(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce(
    (sum, value) => (sum === undefined || value === undefined ? undefined : sum + value),
    0,
  );
}
