import type { ListedPrice } from '../model-price.ts';

const PRICING = 'https://platform.claude.com/docs/en/about-claude/pricing';
const MODELS = 'https://platform.claude.com/docs/en/models';
const LIMITS = { maxInputTokens: 1_000_000, maxOutputTokens: 128_000 };

/** Anthropic's own API; cache writes at the price for five minutes. */
export const anthropic: Readonly<Record<string, ListedPrice>> = {
  'claude-fable-5-1': listed(10, 12.5, 0.25, 50, LIMITS),
  'claude-fable-5': listed(10, 12.5, 1, 50),
  'claude-opus-5-5': {
    ...listed(4, 5, 0.2, 20, LIMITS),
    source: `${MODELS}/opus-5-5/overview`,
    via: 'https://github.com/anomalyco/models.dev',
    readOn: '2026-10-03',
  },
  'claude-opus-5': listed(5, 6.25, 0.5, 25, LIMITS),
  'claude-opus-4-8': listed(5, 6.25, 0.5, 25),
  'claude-opus-4-7': listed(5, 6.25, 0.5, 25),
  'claude-opus-4-6': listed(5, 6.25, 0.5, 25),
  'claude-opus-4-5': listed(5, 6.25, 0.5, 25),
  'claude-sonnet-5-5': {
    ...listed(2, 2.5, 0.1, 10, LIMITS),
    via: 'https://github.com/kurofune/claudit/releases/tag/v1.9.2',
    readOn: '2026-10-24',
  },
  'claude-sonnet-5': {
    ...listed(2, 2.5, 0.2, 10, LIMITS),
    source: `${MODELS}/sonnet-5/overview`,
  },
  'claude-sonnet-4-6': listed(3, 3.75, 0.3, 15),
  'claude-sonnet-4-5': listed(3, 3.75, 0.3, 15),
  'claude-haiku-5-5': {
    ...listed(0.1, 0.125, 0.01, 0.5, LIMITS),
    longContext: { aboveInputTokens: 100_000, input: 0.5, cacheWrite: 0.625, cacheRead: 0.05, output: 2.5 },
    via: 'https://github.com/kurofune/claudit/releases/tag/v1.9.2',
    readOn: '2026-10-24',
  },
  'claude-haiku-4-5': listed(1, 1.25, 0.1, 5, { maxInputTokens: 200_000, maxOutputTokens: 64_000 }),
};

function listed(
  input: number,
  cacheWrite: number,
  cacheRead: number,
  output: number,
  limits: Partial<typeof LIMITS> = {},
): ListedPrice {
  return { input, cacheWrite, cacheRead, output, ...limits, source: PRICING, readOn: '2026-11-22' };
}
