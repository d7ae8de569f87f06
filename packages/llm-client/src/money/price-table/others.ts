import type { ListedPrice } from '../model-price.ts';

const MODELS_DEV = 'https://github.com/anomalyco/models.dev';

const grok: ListedPrice = {
  input: 2,
  cacheRead: 0.5,
  output: 6,
  // "200k and above".
  longContext: { aboveInputTokens: 199_999, input: 4, cacheRead: 1, output: 12 },
  source: 'https://docs.x.ai/developers/pricing',
  via: MODELS_DEV,
  readOn: '2026-11-22',
};

/** xAI, which also says in every reply what it cost; that goes first. */
export const xai: Readonly<Record<string, ListedPrice>> = { 'grok-4.7': grok, 'grok-4.6': grok };

const GROQ = { source: 'https://console.groq.com/docs/models', via: MODELS_DEV, readOn: '2026-11-22' };

/** Groq, on demand. */
export const groq: Readonly<Record<string, ListedPrice>> = {
  'openai/gpt-oss-120b': { input: 0.15, cacheRead: 0.075, output: 0.6, maxOutputTokens: 65_536, ...GROQ },
  'openai/gpt-oss-20b': { input: 0.075, cacheRead: 0.0375, output: 0.3, maxOutputTokens: 65_536, ...GROQ },
};

/** Cached input is a tenth of the rest: https://docs.mistral.ai/studio-api/conversations/advanced/prompt-caching */
const medium: ListedPrice = {
  input: 1.5,
  cacheRead: 0.15,
  output: 7.5,
  source: 'https://docs.mistral.ai/models/mistral-medium-3-5-26-04',
  via: MODELS_DEV,
  readOn: '2026-08-27',
};

/** Mistral's own API. */
export const mistral: Readonly<Record<string, ListedPrice>> = {
  'mistral-medium-3.5': medium,
  'mistral-medium-3-5': medium,
  'mistral-medium-2604': medium,
};
