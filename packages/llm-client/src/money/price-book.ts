import type { Usage } from '@pd/call-log/schema';
import { checkPrice } from './check-price.ts';
import { costUsd } from './cost-usd.ts';
import type { ModelPrice } from './model-price.ts';
import { type PriceName, priceNames } from './price-names.ts';
import { priceTable } from './price-table.ts';

/**
 * Prices of your own, which go before the table: by `provider/model`, or `provider/*` for all of a provider's models; or
 * a function. `null` says that a model has no known price, whatever the table says; nothing leaves it to the table.
 */
export type Prices =
  | Readonly<Record<string, ModelPrice | null>>
  | ((name: PriceName) => ModelPrice | null | undefined);

/** What an attempt is to be paid for. */
export interface Charge {
  provider: string;
  /** The model that was asked for. */
  model: string;
  /** The model that answered, as the provider names it. */
  servedModel?: string | undefined;
  serviceTier?: string | undefined;
  /** What the provider itself says that it cost; nothing is calculated then. */
  reportedUsd?: number | undefined;
  usage: Usage;
}

/** Knows what models cost. */
export interface PriceBook {
  /** @throws RangeError when a price of the user's own makes no sense */
  priceOf(provider: string, model: string): ModelPrice | undefined;
  /** US dollars; `undefined` when the model that answered, or what it did, has no known price. Never throws. */
  costOf(charge: Charge): number | undefined;
}

/** A version after the name that was asked for: `deepseek-v4-pro` is served by `deepseek-v4-pro-0813`. */
const VERSION = /^[-@]\d[\d-]*$/;

/**
 * @param now the time, for prices that change with it
 * @throws RangeError for prices that make no sense
 */
export function createPriceBook(prices: Prices = {}, now: () => Date = () => new Date()): PriceBook {
  if (typeof prices === 'object')
    for (const [name, price] of Object.entries(prices)) if (price !== null) checkPrice(name, price);
  const priceOf = (provider: string, model: string): ModelPrice | undefined => {
    const names = priceNames(provider, model);
    const own = ownPrice(prices, names);
    if (own !== undefined) return own === null ? undefined : checkPrice(`${provider}/${model}`, own);
    for (const name of names) {
      const listed = priceTable.get(name.provider)?.get(name.model);
      if (listed !== undefined) return listed;
    }
    return undefined;
  };
  const servedPrice = ({ provider, model, servedModel = model }: Charge): ModelPrice | undefined => {
    const isVersion = servedModel.startsWith(model) && VERSION.test(servedModel.slice(model.length));
    return priceOf(provider, servedModel) ?? (isVersion ? priceOf(provider, model) : undefined);
  };
  return {
    priceOf,
    costOf(charge) {
      if (charge.reportedUsd !== undefined) return charge.reportedUsd;
      try {
        const price = servedPrice(charge);
        return price && costUsd(charge.usage, price, { serviceTier: charge.serviceTier, at: now() });
      } catch {
        // The call is at its end, which nothing may spoil; a budget has asked before it was sent, and got the error.
        return undefined;
      }
    },
  };
}

/** The first name that the user has a price for; all names go before a price for all of a provider's models. */
function ownPrice(prices: Prices, names: readonly PriceName[]): ModelPrice | null | undefined {
  if (typeof prices === 'function') {
    for (const name of names) {
      const price = prices(name);
      if (price !== undefined) return price;
    }
    return undefined;
  }
  const keys = [
    ...names.map(({ provider, model }) => `${provider}/${model}`),
    ...names.map(({ provider }) => `${provider}/*`),
  ];
  const key = keys.find((each) => Object.hasOwn(prices, each));
  return key === undefined ? undefined : prices[key];
}
