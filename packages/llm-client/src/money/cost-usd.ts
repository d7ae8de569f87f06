import type { Usage } from '@pd/call-log/schema';
import type { ModelPrice } from './model-price.ts';
import { ratesAt } from './rates-at.ts';
import { roundUsd } from './round-usd.ts';

/** What a cost depends on besides tokens. */
export interface CostConditions {
  /** The service tier that served the request. Default: the one with the list price. */
  serviceTier?: string | undefined;
  /** When. Default: now. */
  at?: Date;
}

/**
 * What so many tokens cost, in US dollars. Cached tokens are part of the input and reasoning tokens of the output, and
 * each token is paid for once, whatever the provider counts twice. `undefined` when a count or a price that matters is
 * not known: never 0 for want of knowledge.
 */
export function costUsd(
  usage: Usage,
  price: ModelPrice,
  { serviceTier, at = new Date() }: CostConditions = {},
): number | undefined {
  const input = count(usage.input_tokens);
  if (input === undefined) return undefined;
  const rates = ratesAt(price, { inputTokens: input, serviceTier, at });
  if (rates === undefined) return undefined;
  const read = Math.min(count(usage.cache_read_input_tokens) ?? 0, input);
  const written = Math.min(count(usage.cache_creation_input_tokens) ?? 0, input - read);
  const { cacheRead = rates.input, cacheWrite = rates.input, output: outputRate } = rates;
  const paidIn = (input - read - written) * rates.input + read * cacheRead + written * cacheWrite;
  const output = count(usage.output_tokens);
  // A model without a price for output has none, unless it has some all the same.
  if (outputRate === undefined) return output ? undefined : finite(paidIn);
  if (output === undefined) return undefined;
  const reasoning = Math.min(count(usage.reasoning_output_tokens) ?? 0, output);
  const { reasoning: reasoningRate = outputRate } = rates;
  return finite(paidIn + (output - reasoning) * outputRate + reasoning * reasoningRate);
}

/** @param millionths of a US dollar */
function finite(millionths: number): number | undefined {
  return Number.isFinite(millionths) ? roundUsd(millionths / 1e6) : undefined;
}

function count(tokens: number | undefined): number | undefined {
  return tokens !== undefined && Number.isFinite(tokens) && tokens >= 0 ? tokens : undefined;
}
