import type { ModelPrice, Rates } from './model-price.ts';

const RATES = ['output', 'cacheRead', 'cacheWrite', 'reasoning'] as const;

/**
 * The price, if it makes sense.
 *
 * @throws RangeError when it does not, naming the model and what is wrong
 */
export function checkPrice(name: string, price: ModelPrice): ModelPrice {
  const fail = (field: string, value: unknown): never => {
    throw new RangeError(
      `the price of "${name}" has ${field} ${String(value)}: give US dollars per million tokens, at least 0`,
    );
  };
  const checkRates = (rates: Rates, place: string) => {
    if (typeof rates !== 'object' || rates === null) fail(place || 'itself', rates);
    if (!isAmount(rates.input)) fail(`${place}input`, rates.input);
    for (const rate of RATES)
      if (rates[rate] !== undefined && !isAmount(rates[rate])) fail(`${place}${rate}`, rates[rate]);
  };
  checkRates(price, '');
  if (price.longContext !== undefined) {
    checkRates(price.longContext, 'longContext.');
    if (!isAmount(price.longContext.aboveInputTokens))
      fail('longContext.aboveInputTokens', price.longContext.aboveInputTokens);
  }
  price.periods?.forEach((period, i) => {
    checkRates(period, `periods[${i}].`);
    if (period.from !== undefined && Number.isNaN(Date.parse(period.from)))
      fail(`periods[${i}].from`, period.from);
  });
  for (const [tier, factor] of Object.entries(price.serviceTiers ?? {}))
    if (!isAmount(factor)) fail(`serviceTiers.${tier}`, factor);
  for (const limit of ['maxOutputTokens', 'maxInputTokens'] as const)
    if (price[limit] !== undefined && !isAmount(price[limit])) fail(limit, price[limit]);
  return price;
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
