import type { Usage } from '@pd/call-log/schema';

const COUNTS = [
  'input_tokens',
  'output_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
  'reasoning_output_tokens',
] as const;

/** The tokens of two attempts. What only one of them knows is what is known; an estimate in it makes it an estimate. */
export function sumUsage(a: Usage, b: Usage): Usage {
  if (a.source === 'none') return b;
  if (b.source === 'none') return a;
  const sum: Usage = { source: a.source === b.source ? a.source : 'estimated' };
  for (const count of COUNTS)
    if (a[count] !== undefined || b[count] !== undefined) sum[count] = (a[count] ?? 0) + (b[count] ?? 0);
  return sum;
}
