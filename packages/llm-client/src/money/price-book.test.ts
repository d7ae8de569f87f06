import { describe, expect, it } from 'vitest';
import { checkPrice } from './check-price.ts';
import { createPriceBook, type Prices } from './price-book.ts';
import { priceTable } from './price-table.ts';

const book = createPriceBook();
const listed = (provider: string, model: string) => priceTable.get(provider)?.get(model);
const free = { input: 0, output: 0 };
const usage = { input_tokens: 1_000_000, output_tokens: 0, source: 'provider' as const };

describe('the table', () => {
  it('has for every price that makes sense where it is from and when it was read', () => {
    for (const [provider, models] of priceTable)
      for (const [model, price] of models) {
        const name = `${provider}/${model}`;
        expect(() => checkPrice(name, price)).not.toThrow();
        expect(new URL(price.source).protocol, name).toBe('https:');
        expect(price.readOn, name).toMatch(/^2026-\d\d-\d\d$/);
        expect(price.cacheRead ?? 0, name).toBeLessThanOrEqual(price.input);
      }
  });
});

describe('a price is found', () => {
  it.each([
    ['openai', 'gpt-6.2-sol', 'gpt-6.2-sol'],
    ['openai', 'gpt-5.4-mini-2026-03-05', 'gpt-5.4-mini'],
    ['openai', 'gpt-4o-2024-05-13', 'gpt-4o-2024-05-13'],
    ['anthropic', 'claude-haiku-4-5-20251001', 'claude-haiku-4-5'],
    ['anthropic', 'claude-haiku-4-5@20251001', 'claude-haiku-4-5'],
    ['gemini', 'models/gemini-2.5-pro', 'gemini-2.5-pro'],
  ])('%s/%s', (provider, model, entry) => {
    expect(book.priceOf(provider, model)).toBe(listed(provider, entry));
    expect(listed(provider, entry)).toBeDefined();
  });

  it.each([
    ['openrouter', 'openai/gpt-5.4', 'openai', 'gpt-5.4'],
    ['openrouter', 'anthropic/claude-opus-4.5', 'anthropic', 'claude-opus-4-5'],
    ['openrouter', 'google/gemini-2.5-pro', 'gemini', 'gemini-2.5-pro'],
    ['litellm', 'anthropic/claude-haiku-4-5-20251001', 'anthropic', 'claude-haiku-4-5'],
  ])('behind the gateway %s: %s', (gateway, model, provider, entry) => {
    expect(book.priceOf(gateway, model)).toBe(listed(provider, entry));
  });

  it.each([
    ['openai', 'gpt-5.4-mini-tuned'],
    ['openai', 'ft:gpt-4o-mini-2024-07-18:me::x'],
    ['mistral', 'mistral-medium-2505'],
    ['custom', 'gpt-5.4'],
    ['custom', 'openai/gpt-5.4'],
    ['ollama', 'gpt-5.4'],
    ['openrouter', 'gpt-5.4'],
    ['openrouter', 'acme/x'],
    ['openrouter', '/'],
    ['__proto__', 'constructor'],
    ['openai', '__proto__'],
    ['openai', ''],
  ])('%s/%s has none', (provider, model) => {
    expect(book.priceOf(provider, model)).toBeUndefined();
  });
});

describe('prices of one’s own', () => {
  const of = (prices: Prices, provider: string, model: string) =>
    createPriceBook(prices).priceOf(provider, model);

  it('go before the table, the surest name first', () => {
    const one = { input: 1 };
    const two = { input: 2 };
    expect(of({ 'openai/gpt-5.4': one }, 'openai', 'gpt-5.4-2026-03-05')).toBe(one);
    expect(of({ 'openai/*': one, 'openai/gpt-5.4': two }, 'openai', 'gpt-5.4-2026-03-05')).toBe(two);
    expect(of({ 'openai/*': one }, 'openai', 'gpt-5.4')).toBe(one);
    expect(of({ 'ollama/*': free }, 'ollama', 'llama3.2:3b')).toBe(free);
    expect(of({ 'openai/ft:gpt-4o-mini': one }, 'openai', 'ft:gpt-4o-mini-2024-07-18:me::x')).toBe(one);
    expect(of({ 'openrouter/openai/gpt-5.4': one }, 'openrouter', 'openai/gpt-5.4')).toBe(one);
    expect(of({ 'openai/gpt-5.4': null }, 'openai', 'gpt-5.4')).toBeUndefined();
  });

  it('may be a function, which may leave it to the table', () => {
    const prices: Prices = ({ model }) => (model === 'mine' ? free : model === 'gpt-5' ? null : undefined);
    expect(of(prices, 'custom', 'mine')).toBe(free);
    expect(of(prices, 'openai', 'gpt-5')).toBeUndefined();
    expect(of(prices, 'openai', 'gpt-5.4')).toBe(listed('openai', 'gpt-5.4'));
  });

  it.each<[string, unknown]>([
    ['in words', { input: '1' }],
    ['below 0', { input: 1, output: -1 }],
    ['without input', { output: 1 }],
    ['of no number', { input: Number.NaN }],
    ['of a number', 3],
    ['with a tier in words', { input: 1, serviceTiers: { flex: 'half' } }],
    ['with a day that is none', { input: 1, periods: [{ from: 'soon', input: 1 }] }],
    ['with a long context from nowhere', { input: 1, longContext: { input: 1 } }],
    ['with a limit in words', { input: 1, maxOutputTokens: 'many' }],
  ])('%s are refused, by name', (_, price) => {
    expect(() => createPriceBook({ 'custom/m': price } as Prices)).toThrow(RangeError);
    expect(() => createPriceBook({ 'custom/m': price } as Prices)).toThrow(/"custom\/m"/);
    const late = createPriceBook((() => price) as Prices);
    expect(() => late.priceOf('custom', 'm')).toThrow(RangeError);
    expect(late.costOf({ provider: 'custom', model: 'm', usage })).toBeUndefined();
  });
});

describe('the cost of an attempt', () => {
  it('is what the provider says, before anything else', () => {
    expect(book.costOf({ provider: 'custom', model: 'm', reportedUsd: 0.5, usage })).toBe(0.5);
    expect(book.costOf({ provider: 'openai', model: 'gpt-5.4', reportedUsd: 0, usage })).toBe(0);
  });

  it('is that of the model that answered', () => {
    const cost = (servedModel?: string) =>
      book.costOf({ provider: 'openai', model: 'gpt-5.4', servedModel, usage });
    expect(cost()).toBe(5);
    expect(cost('gpt-5.4-2026-03-05')).toBe(5);
    expect(cost('gpt-5-nano')).toBe(0.05);
    expect(cost('gpt-5.4-1117')).toBe(5);
    expect(cost('gpt-5.4-giant')).toBeUndefined();
    expect(cost('something-else')).toBeUndefined();
  });
});
