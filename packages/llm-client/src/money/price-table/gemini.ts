import type { ListedPrice } from '../model-price.ts';

const FROM = {
  source: 'https://ai.google.dev/gemini-api/docs/pricing',
  via: 'https://github.com/anomalyco/models.dev and https://github.com/api-evangelist/deepmind',
  readOn: '2026-10-07',
};
const LIMITS = { maxInputTokens: 1_048_576, maxOutputTokens: 65_536 };

/** Google's Gemini API, paid tier; text, images and video, while audio costs more; without the storage of caches. */
export const gemini: Readonly<Record<string, ListedPrice>> = {
  'gemini-3.8-flash': {
    input: 0.75,
    cacheRead: 0.075,
    output: 3.75,
    periods: [{ from: '2027-01-01', input: 1.5, cacheRead: 0.15, output: 7.5 }],
    ...LIMITS,
    ...FROM,
  },
  'gemini-3.5-flash': { input: 1.5, cacheRead: 0.15, output: 9, ...LIMITS, ...FROM },
  'gemini-3.1-pro-preview': {
    input: 2,
    cacheRead: 0.2,
    output: 12,
    longContext: { aboveInputTokens: 200_000, input: 4, cacheRead: 0.4, output: 18 },
    ...LIMITS,
    ...FROM,
  },
  'gemini-2.5-pro': {
    input: 1.25,
    cacheRead: 0.125,
    output: 10,
    longContext: { aboveInputTokens: 200_000, input: 2.5, cacheRead: 0.25, output: 15 },
    ...FROM,
  },
  'gemini-2.5-flash': { input: 0.3, cacheRead: 0.03, output: 2.5, ...FROM },
  'gemini-2.5-flash-lite': { input: 0.1, cacheRead: 0.01, output: 0.4, ...LIMITS, ...FROM },
};
