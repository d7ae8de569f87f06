import type { TokenUsage } from '@pd/llm-client';

/** The sum of two counts; unknown is absent, and an estimate makes the sum one. */
export function addUsage(a: TokenUsage | undefined, b: TokenUsage | undefined): TokenUsage {
  if (a === undefined || b === undefined) return a ?? b ?? { source: 'none' };
  const sum: TokenUsage = { source: sourceOf(a, b) };
  for (const key of COUNTS) {
    const counted = (a[key] ?? 0) + (b[key] ?? 0);
    if (a[key] !== undefined || b[key] !== undefined) sum[key] = counted;
  }
  return sum;
}

const COUNTS = [
  'inputTokens',
  'outputTokens',
  'cacheReadInputTokens',
  'cacheCreationInputTokens',
  'reasoningOutputTokens',
] as const;

function sourceOf(a: TokenUsage, b: TokenUsage): TokenUsage['source'] {
  if (a.source === b.source) return a.source;
  if (a.source === 'none') return b.source;
  return b.source === 'none' ? a.source : 'estimated';
}
