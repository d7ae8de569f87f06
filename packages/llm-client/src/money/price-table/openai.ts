import type { ListedPrice, Rates } from '../model-price.ts';

const MODELS = 'https://developers.openai.com/api/docs/models';
const PRICING = 'https://developers.openai.com/api/docs/pricing';
const MODELS_DEV = 'https://github.com/anomalyco/models.dev';
const CODEX_MANAGER = 'https://github.com/amine123max/Codex-Manager/releases';
const PROMPT_FUEL = 'https://github.com/TheKrush/PromptFuel/releases';

/** What a long request costs, as the pages of the models say: twice the input and cache, one and a half times the output. */
function longContext({ input, output = 0, cacheRead = input, cacheWrite = input }: Rates) {
  return {
    aboveInputTokens: 272_000,
    input: input * 2,
    cacheRead: cacheRead * 2,
    cacheWrite: cacheWrite * 2,
    output: output * 1.5,
  };
}

/** A model with a long context at twice the price, and with caches that cost something to write. */
function generation6(rates: Rates, from: Pick<ListedPrice, 'source' | 'via' | 'readOn'>): ListedPrice {
  return {
    ...rates,
    longContext: longContext(rates),
    // Batch and Flex cost half of Standard, Fast (`priority`) twice as much: said of 6.1 Sol (Codex-Manager 0.4.7), and of Batch
    // and Fast for the generation before (offpeak 0.2.1, https://openai.com/api-fast-mode/); read 2026-11-22, applied to all.
    serviceTiers: { flex: 0.5, batch: 0.5, priority: 2, fast: 2 },
    maxInputTokens: 922_000,
    maxOutputTokens: 128_000,
    ...from,
  };
}

function generation5(
  [input, cacheRead, output]: readonly [number, number, number],
  source: string,
  via: string,
  readOn: string,
): ListedPrice {
  return { input, cacheRead, output, maxOutputTokens: 128_000, source, via, readOn };
}

/** OpenAI's own API, standard tier; text tokens, without data residency (10% more) and tools of its own. */
export const openai: Readonly<Record<string, ListedPrice>> = {
  'gpt-6.2-sol': generation6(
    { input: 2, cacheRead: 0.1, cacheWrite: 2.5, output: 10 },
    { source: `${MODELS}/gpt-6.2-sol`, readOn: '2026-11-22' },
  ),
  'gpt-6.1-sol': generation6(
    { input: 2, cacheRead: 0.1, cacheWrite: 2.5, output: 10 },
    { source: `${MODELS}/gpt-6.1-sol`, via: `${CODEX_MANAGER}/tag/0.4.7`, readOn: '2026-09-30' },
  ),
  'gpt-6-astra': generation6(
    { input: 10, cacheRead: 1, cacheWrite: 12.5, output: 50 },
    { source: `${MODELS}/compare`, readOn: '2026-11-22' },
  ),
  'gpt-6-sol': generation6(
    { input: 2, cacheRead: 0.2, cacheWrite: 2.5, output: 10 },
    { source: `${MODELS}/gpt-6-sol`, via: `${PROMPT_FUEL}/tag/v1.0.21`, readOn: '2026-09-23' },
  ),
  'gpt-6-luna': generation6(
    { input: 0.1, cacheRead: 0.01, cacheWrite: 0.125, output: 0.5 },
    { source: `${MODELS}/gpt-6-luna`, readOn: '2026-11-22' },
  ),
  'gpt-5.6-terra': {
    ...generation5([2, 0.2, 12], PRICING, `${PROMPT_FUEL}/tag/v1.0.19`, '2026-09-07'),
    cacheWrite: 2.5,
    longContext: longContext({ input: 2, cacheRead: 0.2, cacheWrite: 2.5, output: 12 }),
  },
  'gpt-5.6-luna': {
    input: 0.2,
    cacheRead: 0.02,
    cacheWrite: 0.25,
    output: 1.2,
    longContext: longContext({ input: 0.2, cacheRead: 0.02, cacheWrite: 0.25, output: 1.2 }),
    maxOutputTokens: 128_000,
    source: `${MODELS}/gpt-5.6-luna`,
    readOn: '2026-11-22',
  },
  'gpt-5.5': {
    ...generation5([5, 0.5, 30], PRICING, MODELS_DEV, '2026-11-22'),
    longContext: longContext({ input: 5, cacheRead: 0.5, output: 30 }),
    maxInputTokens: 922_000,
  },
  'gpt-5.4': {
    ...generation5([2.5, 0.25, 15], PRICING, 'https://github.com/api-evangelist/openai', '2026-05-04'),
    longContext: longContext({ input: 2.5, cacheRead: 0.25, output: 15 }),
  },
  'gpt-5.4-mini': generation5(
    [0.75, 0.075, 4.5],
    PRICING,
    'https://github.com/api-evangelist/openai',
    '2026-05-04',
  ),
  'gpt-5.4-nano': {
    input: 0.2,
    cacheRead: 0.02,
    output: 1.25,
    source: PRICING,
    via: 'https://github.com/api-evangelist/openai',
    readOn: '2026-05-04',
  },
  'gpt-5.2': generation5([1.75, 0.175, 14], PRICING, MODELS_DEV, '2026-11-22'),
  'gpt-5': generation5([1.25, 0.125, 10], PRICING, MODELS_DEV, '2026-11-22'),
  'gpt-5-mini': generation5([0.25, 0.025, 2], PRICING, MODELS_DEV, '2026-11-22'),
  'gpt-5-nano': generation5([0.05, 0.005, 0.4], PRICING, MODELS_DEV, '2026-11-22'),
  'gpt-4o-mini': {
    input: 0.15,
    cacheRead: 0.075,
    output: 0.6,
    maxOutputTokens: 16_384,
    source: PRICING,
    via: 'https://github.com/CommitBrief/commitbrief/wiki/Provider-OpenAI',
    readOn: '2026-05-27',
  },
  'gpt-4o': {
    input: 2.5,
    cacheRead: 1.25,
    output: 10,
    maxOutputTokens: 16_384,
    source: PRICING,
    via: 'https://github.com/CommitBrief/commitbrief/wiki/Provider-OpenAI',
    readOn: '2026-05-27',
  },
  // Not the price of the later snapshots.
  'gpt-4o-2024-05-13': {
    input: 5,
    output: 15,
    source: PRICING,
    via: 'https://github.com/outl1ne/openai-pricing',
    readOn: '2026-11-22',
  },
  'text-embedding-3-small': {
    input: 0.02,
    source: PRICING,
    via: 'https://github.com/outl1ne/openai-pricing',
    readOn: '2026-11-22',
  },
  'text-embedding-3-large': {
    input: 0.13,
    source: PRICING,
    via: 'https://github.com/outl1ne/openai-pricing',
    readOn: '2026-11-22',
  },
};
