import { describe, expect, it } from 'vitest';
import { ChatAssembly } from './chat-assembly.ts';
import { reportedCostUsd } from './reported-cost.ts';
import type { WireUsage } from './shapes.ts';
import { toUsage } from './usage.ts';

describe('what the provider says it cost', () => {
  it.each<[string, WireUsage | undefined, number | undefined]>([
    ['nothing', undefined, undefined],
    ['tokens only', { prompt_tokens: 1 }, undefined],
    ['OpenRouter', { cost: 0.0042 }, 0.0042],
    ['OpenRouter, free', { cost: 0 }, 0],
    ['a key of one’s own', { cost: 0.5, is_byok: true, cost_details: { upstream_inference_cost: 9.5 } }, 10],
    ['a key of one’s own, untold', { cost: 0.5, is_byok: true }, undefined],
    ['upstream beside a cost that has it', { cost: 10, cost_details: { upstream_inference_cost: 9 } }, 10],
    ['Perplexity', { cost: { total_cost: 0.006 } }, 0.006],
    ['xAI', { cost_in_usd_ticks: 37_756_000 }, 0.0037756],
    ['a negative one', { cost: -1 }, undefined],
    ['one in words', { cost: '0.1' as never }, undefined],
    ['no number', { cost: Number.NaN }, undefined],
    ['null', { cost: null }, undefined],
  ])('%s', (_, usage, expected) => {
    expect(reportedCostUsd(usage)).toBe(expected);
  });

  it('comes with the last chunk that has a usage, like the service tier', () => {
    const assembly = new ChatAssembly();
    assembly.push({ choices: [], usage: { cost: 0.1 }, service_tier: 'flex' });
    assembly.push({ choices: [], usage: { cost: 0.3 } });
    assembly.push({ choices: [], usage: null, service_tier: null });
    expect(assembly.costUsd).toBe(0.3);
    expect(assembly.serviceTier).toBe('flex');
  });
});

describe('tokens of a cache', () => {
  it.each<[string, WireUsage, object]>([
    [
      'OpenAI, OpenRouter',
      { prompt_tokens: 9, prompt_tokens_details: { cached_tokens: 3, cache_write_tokens: 4 } },
      { input_tokens: 9, cache_read_input_tokens: 3, cache_creation_input_tokens: 4 },
    ],
    ['DeepSeek', { prompt_tokens: 9, prompt_cache_hit_tokens: 3 }, { cache_read_input_tokens: 3 }],
    ['LiteLLM', { prompt_tokens: 9, cache_creation_input_tokens: 4 }, { cache_creation_input_tokens: 4 }],
  ])('%s', (_, usage, expected) => {
    expect(toUsage(usage)).toMatchObject(expected);
  });
});
