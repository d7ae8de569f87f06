/** How long half, 95 % and 99 % of something took at most: nearest rank over what is known. */
export interface Percentiles {
  count: number;
  p50: number;
  p95: number;
  p99: number;
}

/** `undefined` when nothing is known. @param values NaN is what is not known */
export function percentiles(values: Float64Array): Percentiles | undefined {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return sorted.length === 0
    ? undefined
    : { count: sorted.length, p50: rank(0.5), p95: rank(0.95), p99: rank(0.99) };
}
