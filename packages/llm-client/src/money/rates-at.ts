import type { ModelPrice, PricePeriod, Rates } from './model-price.ts';

/** What providers call the tier that has the list price. */
const LIST_TIERS: ReadonlySet<string | undefined> = new Set([
  undefined,
  'auto',
  'default',
  'standard',
  'on_demand',
]);

/** What the rates of a request depend on. */
export interface RateConditions {
  inputTokens: number;
  serviceTier?: string | undefined;
  at: Date;
}

/** The rates of one request; `undefined` when its service tier has no known price. */
export function ratesAt(price: ModelPrice, conditions: RateConditions): Rates | undefined {
  const { inputTokens, serviceTier, at } = conditions;
  const { longContext } = price;
  const isLong = longContext !== undefined && inputTokens > longContext.aboveInputTokens;
  const rates = isLong ? longContext : (price.periods?.find((period) => holds(period, at)) ?? price);
  const factor = tierFactor(price, serviceTier);
  return factor === undefined ? undefined : scaled(rates, factor);
}

/** What a service tier multiplies the rates with. */
export function tierFactor(price: ModelPrice, serviceTier: string | undefined): number | undefined {
  const tiers = price.serviceTiers ?? {};
  if (serviceTier !== undefined && Object.hasOwn(tiers, serviceTier)) return tiers[serviceTier];
  return LIST_TIERS.has(serviceTier) ? 1 : undefined;
}

function holds({ from, utcHours, workdays }: PricePeriod, at: Date): boolean {
  if (from !== undefined && at.getTime() < Date.parse(from)) return false;
  const isWeekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
  if (workdays === true && isWeekend) return false;
  const hour = at.getUTCHours();
  return utcHours === undefined || utcHours.some(([start, end]) => hour >= start && hour < end);
}

function scaled(rates: Rates, factor: number): Rates {
  const { input, output, cacheRead = input, cacheWrite = input, reasoning = output } = rates;
  return {
    input: input * factor,
    cacheRead: cacheRead * factor,
    cacheWrite: cacheWrite * factor,
    ...(output !== undefined && { output: output * factor }),
    ...(reasoning !== undefined && { reasoning: reasoning * factor }),
  };
}
