/** How long things took, in milliseconds. */
export interface Latency {
  /** How many durations are known. */
  count: number;
  meanMs: number;
  p50Ms: number;
  p95Ms: number;
  maxMs: number;
}

/**
 * Durations in short. Percentiles are nearest-rank: the smallest duration that at least that share of all is
 * not above, so that each is a duration that was really measured.
 *
 * @returns `undefined` of nothing: then nothing is known
 * @see https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method
 */
export function latencyOf(durationsMs: readonly number[]): Latency | undefined {
  if (durationsMs.length === 0) return undefined;
  const sorted = Float64Array.from(durationsMs).sort();
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  const sum = sorted.reduce((total, duration) => total + duration, 0);
  return {
    count: sorted.length,
    meanMs: sum / sorted.length,
    p50Ms: rank(0.5),
    p95Ms: rank(0.95),
    maxMs: rank(1),
  };
}
