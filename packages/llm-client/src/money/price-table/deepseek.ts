import type { ListedPrice, PricePeriod, Rates } from '../model-price.ts';

const FROM = { source: 'https://api-docs.deepseek.com/quick_start/pricing', readOn: '2026-11-22' };

/** Peak hours cost twice as much. Public holidays in China do not, which is not known here: the cost is too high then. */
function peak({ input, cacheRead = input, output = 0 }: Rates): PricePeriod {
  const hours = [
    [1, 4],
    [6, 10],
  ] as const;
  return { utcHours: hours, workdays: true, input: input * 2, cacheRead: cacheRead * 2, output: output * 2 };
}

function listed(rates: Rates): ListedPrice {
  return {
    ...rates,
    periods: [peak(rates)],
    maxInputTokens: 1_000_000,
    maxOutputTokens: 384_000,
    ...FROM,
  };
}

const flash = listed({ input: 0.15, cacheRead: 0.003, output: 0.6 });

/** DeepSeek's own API, off-peak with the peak beside it. */
export const deepseek: Readonly<Record<string, ListedPrice>> = {
  'deepseek-flash': flash,
  // Still accepted, and served by the model above.
  'deepseek-v4-flash': flash,
  'deepseek-v4-pro': listed({ input: 0.66, cacheRead: 0.022, output: 1.98 }),
};
