import type { Usage } from '@pd/call-log/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costUsd } from './cost-usd.ts';
import type { ModelPrice } from './model-price.ts';

const price: ModelPrice = { input: 2, cacheRead: 0.2, cacheWrite: 2.5, output: 10, reasoning: 20 };
const usage = (counts: Omit<Usage, 'source'>): Usage => ({ ...counts, source: 'provider' });

describe('costUsd', () => {
  it.each<[string, Omit<Usage, 'source'>, number | undefined]>([
    ['input and output', { input_tokens: 1_000_000, output_tokens: 100_000 }, 3],
    ['cached input', { input_tokens: 1_000_000, cache_read_input_tokens: 900_000, output_tokens: 0 }, 0.38],
    [
      'input written to a cache',
      { input_tokens: 1_000_000, cache_creation_input_tokens: 1_000_000, output_tokens: 0 },
      2.5,
    ],
    ['reasoning', { input_tokens: 0, output_tokens: 100_000, reasoning_output_tokens: 40_000 }, 1.4],
    [
      'more cached than there is',
      { input_tokens: 100, cache_read_input_tokens: 1e9, cache_creation_input_tokens: 1e9, output_tokens: 0 },
      0.00002,
    ],
    [
      'more reasoning than there is',
      { input_tokens: 0, output_tokens: 100, reasoning_output_tokens: 1e9 },
      0.002,
    ],
    ['nothing', { input_tokens: 0, output_tokens: 0 }, 0],
    ['no count of the input', { output_tokens: 5 }, undefined],
    ['no count of the output', { input_tokens: 5 }, undefined],
    ['a negative count', { input_tokens: -5, output_tokens: 5 }, undefined],
    ['no number', { input_tokens: Number.NaN, output_tokens: 5 }, undefined],
    ['beyond all numbers', { input_tokens: 1e308, output_tokens: 1e308 }, undefined],
  ])('%s', (_, counts, expected) => {
    expect(costUsd(usage(counts), price)).toBe(expected);
  });

  it('is that of the input alone where there is no output', () => {
    expect(costUsd(usage({ input_tokens: 1_000_000 }), { input: 0.02 })).toBe(0.02);
    expect(costUsd(usage({ input_tokens: 1, output_tokens: 0 }), { input: 0.02 })).toBe(2e-8);
    expect(costUsd(usage({ input_tokens: 1, output_tokens: 1 }), { input: 0.02 })).toBeUndefined();
  });

  it('takes the rates of a long context for the whole of a long request only', () => {
    const tiered = {
      input: 2,
      output: 10,
      longContext: { aboveInputTokens: 272_000, input: 4, output: 15 },
    };
    expect(costUsd(usage({ input_tokens: 272_000, output_tokens: 1_000 }), tiered)).toBe(0.554);
    expect(costUsd(usage({ input_tokens: 272_001, output_tokens: 1_000 }), tiered)).toBe(1.103004);
  });

  it('takes the rates of the time', () => {
    const timed: ModelPrice = {
      input: 1,
      output: 1,
      periods: [
        { from: '2027-01-01', input: 3, output: 3 },
        { utcHours: [[6, 10]], workdays: true, input: 2, output: 2 },
      ],
    };
    const at = (iso: string) =>
      costUsd(usage({ input_tokens: 1e6, output_tokens: 0 }), timed, { at: new Date(iso) });
    expect(at('2026-11-20T05:59:59Z')).toBe(1);
    expect(at('2026-11-20T06:00:00Z')).toBe(2);
    expect(at('2026-11-20T10:00:00Z')).toBe(1);
    expect(at('2026-11-22T07:00:00Z')).toBe(1); // a Sunday
    expect(at('2027-01-01T00:00:00Z')).toBe(3);
  });

  it('takes the service tier into account, and does not guess an unknown one', () => {
    const tiers = { ...price, serviceTiers: { flex: 0.5, priority: 2 } };
    const of = (serviceTier?: string) =>
      costUsd(usage({ input_tokens: 1e6, output_tokens: 0 }), tiers, { serviceTier });
    expect([of(), of('default'), of('flex'), of('priority')]).toEqual([2, 2, 1, 4]);
    expect(of('ultrafast')).toBeUndefined();
    expect(of('__proto__')).toBeUndefined();
  });

  // Two replies of xAI's `grok-3-mini`, recorded with the bill: 1 USD = 10^10 ticks. Cached tokens are part of the input,
  // and reasoning, which xAI counts beside the completion, has been added to the output.
  it.each([
    [
      { input_tokens: 291, cache_read_input_tokens: 290, output_tokens: 222, reasoning_output_tokens: 196 },
      1_330_500,
    ],
    [
      { input_tokens: 291, cache_read_input_tokens: 244, output_tokens: 215, reasoning_output_tokens: 189 },
      1_399_000,
    ],
  ])('comes to what a provider really charged', (counts, ticks) => {
    const grok = { input: 0.3, cacheRead: 0.075, output: 0.5 };
    expect(costUsd(usage(counts), grok)).toBe(ticks / 1e10);
  });

  it('is never more for a cheaper part, nor less than it all at the cheapest rate', () => {
    const count = fc.nat(10_000_000);
    fc.assert(
      fc.property(count, count, count, count, count, (input, read, written, output, reasoning) => {
        const counts = {
          input_tokens: input,
          cache_read_input_tokens: read,
          cache_creation_input_tokens: written,
          output_tokens: output,
          reasoning_output_tokens: reasoning,
        };
        const cost = costUsd(usage(counts), price) ?? Number.NaN;
        expect(cost).toBeGreaterThanOrEqual((input * 0.2 + output * 10) / 1e6 - 1e-9);
        expect(cost).toBeLessThanOrEqual((input * 2.5 + output * 20) / 1e6 + 1e-9);
      }),
    );
  });
});
