import { expect, it } from 'vitest';
import { parseDurationMs, readRateLimits } from './rate-limit-headers.ts';

it.each([
  ['1s', 1_000],
  ['6m0s', 360_000],
  ['2ms', 2],
  ['2m59.56s', 179_560],
  ['1h2m3s', 3_723_000],
  ['7', 7_000],
  ['', undefined],
  ['soon', undefined],
  ['-1s', undefined],
  ['1s1s1s'.repeat(100), undefined],
])('reads %s', (text, expected) => {
  const ms = parseDurationMs(text);
  if (expected === undefined) expect(ms).toBeUndefined();
  else expect(ms).toBeCloseTo(expected);
});

it('reads what OpenAI and Anthropic say', () => {
  const openai = new Headers({
    'x-ratelimit-limit-requests': '60',
    'x-ratelimit-remaining-requests': '59',
    'x-ratelimit-reset-requests': '1s',
    'x-ratelimit-remaining-tokens': '-5',
    'x-ratelimit-reset-tokens': '6m0s',
  });
  expect(readRateLimits(openai, 0)).toEqual({
    requests: { limit: 60, remaining: 59, resetMs: 1_000 },
    tokens: { remaining: 0, resetMs: 360_000 },
  });
  const anthropic = new Headers({
    'anthropic-ratelimit-requests-remaining': '0',
    'anthropic-ratelimit-requests-reset': '1970-01-01T00:00:05Z',
    'anthropic-ratelimit-tokens-remaining': 'many',
    'anthropic-ratelimit-tokens-reset': '1970-01-01T00:00:05Z',
  });
  expect(readRateLimits(anthropic, 2_000)).toEqual({ requests: { remaining: 0, resetMs: 3_000 } });
});

it('takes a limit of -1, as Azure tells it, for none', () => {
  const azure = new Headers({
    'x-ratelimit-limit-tokens': '-1',
    'x-ratelimit-remaining-tokens': '-1',
    'x-ratelimit-reset-tokens': '60',
  });
  expect(readRateLimits(azure, 0)).toEqual({});
});
