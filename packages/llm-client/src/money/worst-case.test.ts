import type { CallStart } from '@pd/call-log/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputBound } from './input-bound.ts';
import type { ModelPrice } from './model-price.ts';
import { worstCase } from './worst-case.ts';

const price: ModelPrice = { input: 2, output: 10, maxOutputTokens: 1_000, maxInputTokens: 500_000 };
const of = (
  body: object,
  more: { price?: ModelPrice | undefined; operation?: CallStart['operation'] } = {},
) =>
  worstCase({
    call: { operation: more.operation ?? 'chat' } as CallStart,
    body: { ...body },
    price: 'price' in more ? more.price : price,
  });
const messages = [{ role: 'user', content: 'hello' }];

describe('the input is at most', () => {
  it('as many tokens as bytes, and what a provider adds', () => {
    const { inputTokens = 0 } = of({ messages });
    expect(inputTokens).toBeGreaterThan(1_000);
    expect(inputTokens).toBeLessThan(1_100);
    const chinese = of({ messages: [{ role: 'user', content: '好'.repeat(1_000) }] });
    expect((chinese.inputTokens ?? 0) - inputTokens).toBe(2_995);
  });

  it('what a picture can count as, whatever its size in bytes', () => {
    const picture = { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(1e6)}` } };
    const { inputTokens = 0 } = of({ messages: [{ role: 'user', content: [picture, picture] }] });
    expect(inputTokens).toBeGreaterThan(96_000);
    expect(inputTokens).toBeLessThan(98_000);
  });

  it('the model’s limit, for what is elsewhere or too long', () => {
    const file = [{ role: 'user', content: [{ type: 'file', file: { file_id: 'f' } }] }];
    expect(of({ messages: file }).inputTokens).toBe(500_000);
    expect(of({ messages: file }, { price: undefined })).toEqual({});
    expect(of({ input: 'x', previous_response_id: 'r' }).inputTokens).toBe(500_000);
    expect(of({ messages: [{ role: 'user', content: 'x'.repeat(600_000) }] }).inputTokens).toBe(500_000);
    const tools = [
      { type: 'function', function: { parameters: { properties: { file_id: { type: 'string' } } } } },
    ];
    expect(of({ messages, tools }).inputTokens).toBeLessThan(1_300);
  });

  it('never less than an encoding of bytes makes of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (content) => {
        const bound = inputBound({ messages: [{ role: 'user', content }] }, undefined) ?? 0;
        expect(bound).toBeGreaterThanOrEqual(new TextEncoder().encode(content).length + 1_000);
      }),
    );
  });
});

describe('the output is at most', () => {
  it.each([
    [{ max_tokens: 50 }, 50],
    [{ max_completion_tokens: 60 }, 60],
    [{ max_output_tokens: 70 }, 70],
    [{ max_tokens: 50, max_completion_tokens: 60 }, 60],
    [{ max_tokens: 50, n: 4 }, 200],
    [{ max_tokens: 50_000 }, 50_000],
    [{}, 1_000],
    [{ n: 3 }, 3_000],
    [{ max_tokens: 'many', n: 'some' }, 1_000],
    [{ max_tokens: -1, n: -1 }, 1_000],
  ])('%j: %i', (body, tokens) => {
    expect(of({ messages, ...body }).outputTokens).toBe(tokens);
  });

  it('not known when it is beyond all numbers', () => {
    expect(of({ messages, max_tokens: 1e308, n: 1e308 })).toEqual({ inputTokens: expect.any(Number) });
  });

  it('not known for a model without a limit, and none for embeddings', () => {
    expect(of({ messages }, { price: { input: 1, output: 1 } })).not.toHaveProperty('outputTokens');
    expect(of({ messages }, { price: { input: 1, output: 1 } })).not.toHaveProperty('usd');
    const embeddings = of({ input: 'x' }, { price: { input: 1 }, operation: 'embeddings' });
    expect(embeddings).toMatchObject({ outputTokens: 0, usd: (embeddings.inputTokens ?? 0) / 1e6 });
  });
});

describe('the cost is at most', () => {
  it('that of the dearest rates that may hold', () => {
    const { inputTokens = 0, usd } = of({ messages, max_tokens: 1_000 });
    expect(usd).toBe((inputTokens * 2 + 10_000) / 1e6);
    const dear = (more: Partial<ModelPrice>) =>
      of({ messages, max_tokens: 1_000 }, { price: { ...price, ...more } });
    expect(dear({ cacheWrite: 4 }).usd).toBe((inputTokens * 4 + 10_000) / 1e6);
    expect(dear({ reasoning: 20 }).usd).toBe((inputTokens * 2 + 20_000) / 1e6);
    expect(dear({ periods: [{ from: '2099-01-01', input: 3, output: 30 }] }).usd).toBe(
      (inputTokens * 3 + 30_000) / 1e6,
    );
    expect(dear({ longContext: { aboveInputTokens: 100, input: 4, output: 15 } }).usd).toBe(
      (inputTokens * 4 + 15_000) / 1e6,
    );
  });

  it('that of the service tier asked for, which may turn out to be the ordinary one', () => {
    const tiers = { ...price, serviceTiers: { flex: 0.5, priority: 2 } };
    const usd = (service_tier?: string) =>
      of({ messages, max_tokens: 1, service_tier }, { price: tiers }).usd ?? 0;
    expect(usd('priority') / usd()).toBeCloseTo(2, 1);
    expect(usd('flex') / usd()).toBeCloseTo(1, 1);
    expect(of({ messages, service_tier: 'ultrafast' }, { price: tiers })).not.toHaveProperty('usd');
  });
});
