import type { AttemptPlan } from '../gate/gate.ts';
import { inputBound } from './input-bound.ts';
import type { ModelPrice, Rates } from './model-price.ts';
import { tierFactor } from './rates-at.ts';
import { roundUsd } from './round-usd.ts';

/** What a request can come to at most. What is not known is absent. */
export interface WorstCase {
  inputTokens?: number;
  outputTokens?: number;
  /** Input and output. */
  tokens?: number;
  usd?: number;
}

const OUTPUT_LIMITS = ['max_completion_tokens', 'max_tokens', 'max_output_tokens'] as const;

/** What a request can come to at most, at the dearest rates that may hold for it. */
export function worstCase({ call, body, price }: Pick<AttemptPlan, 'call' | 'body' | 'price'>): WorstCase {
  const inputTokens = inputBound(body, price?.maxInputTokens);
  const outputTokens = call.operation === 'embeddings' ? 0 : outputBound(body, price);
  const isBounded = inputTokens !== undefined && outputTokens !== undefined;
  const tier = typeof body.service_tier === 'string' ? body.service_tier : undefined;
  const usd = isBounded && price ? dearest(price, inputTokens, outputTokens, tier) : undefined;
  return {
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    ...(isBounded && { tokens: inputTokens + outputTokens }),
    ...(usd !== undefined && { usd }),
  };
}

function outputBound(body: Readonly<Record<string, unknown>>, price: ModelPrice | undefined) {
  const limits = OUTPUT_LIMITS.map((name) => body[name]).filter(isCount);
  const each = limits.length > 0 ? Math.max(...limits) : price?.maxOutputTokens;
  const all = each === undefined ? undefined : each * (isCount(body.n) ? body.n : 1);
  return isCount(all) || all === 0 ? all : undefined;
}

function dearest(
  price: ModelPrice,
  inputTokens: number,
  outputTokens: number,
  serviceTier: string | undefined,
): number | undefined {
  // A tier may turn out to be the ordinary one in the end.
  const factor = tierFactor(price, serviceTier);
  if (factor === undefined) return undefined;
  const { longContext, periods = [] } = price;
  const isLong = longContext !== undefined && inputTokens > longContext.aboveInputTokens;
  const possible: Rates[] = [price, ...periods, ...(isLong ? [longContext] : [])];
  const input = Math.max(...possible.map((rates) => Math.max(rates.input, rates.cacheWrite ?? 0)));
  const output = Math.max(...possible.map((rates) => Math.max(rates.output ?? 0, rates.reasoning ?? 0)));
  const usd = ((inputTokens * input + outputTokens * output) / 1e6) * Math.max(1, factor);
  return Number.isFinite(usd) ? roundUsd(usd) : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
