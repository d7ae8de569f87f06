import type { Usage } from '../schema/common.ts';

/** The counts that a span has; `source: 'none'` when it has none. */
export function usageOf(counts: { [count in Exclude<keyof Usage, 'source'>]?: number | undefined }): Usage {
  const known = Object.entries(counts).filter(([, count]) => count !== undefined && count >= 0);
  return { ...Object.fromEntries(known), source: known.length > 0 ? 'provider' : 'none' };
}
