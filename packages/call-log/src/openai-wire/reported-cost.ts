import type { WireUsage } from './shapes.ts';

/** @see https://docs.x.ai/developers/cost-tracking (stored copy, read 2026-11-22) */
const TICKS_PER_USD = 1e10;

/**
 * What the provider says that the reply has cost, in US dollars; `undefined` when it says nothing, or nonsense.
 * OpenRouter and others send `cost`, to which comes what a key of one's own was charged elsewhere; Perplexity sends
 * `cost` as an object with a total; xAI sends ticks.
 *
 * @see https://openrouter.ai/docs/use-cases/usage-accounting (stored copy, read 2026-11-22)
 */
export function reportedCostUsd(usage: WireUsage | null | undefined): number | undefined {
  const { cost, cost_in_usd_ticks: ticks, is_byok, cost_details } = usage ?? {};
  if (isAmount(ticks)) return ticks / TICKS_PER_USD;
  if (isAmount(cost)) {
    const elsewhere = is_byok === true ? cost_details?.upstream_inference_cost : 0;
    return isAmount(elsewhere) ? cost + elsewhere : undefined;
  }
  const total = typeof cost === 'object' ? cost?.total_cost : undefined;
  return isAmount(total) ? total : undefined;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
