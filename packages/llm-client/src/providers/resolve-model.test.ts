import { describe, expect, it } from 'vitest';
import { MissingBaseURLError } from '../errors/missing-base-url-error.ts';
import { UnknownProviderError } from '../errors/unknown-provider-error.ts';
import { providers } from './providers.ts';
import { resolveModel } from './resolve-model.ts';

describe('resolveModel', () => {
  it('reads the provider before the first slash and leaves the rest to it', () => {
    expect(resolveModel('openrouter/meta-llama/llama-3.3-70b')).toMatchObject({
      provider: 'openrouter',
      model: 'meta-llama/llama-3.3-70b',
      baseURL: 'https://openrouter.ai/api/v1',
      keyVariable: 'OPENROUTER_API_KEY',
    });
  });

  it('gives a bare name to openai', () => {
    expect(resolveModel('gpt-5.4-mini')).toMatchObject({
      provider: 'openai',
      model: 'gpt-5.4-mini',
      keyless: false,
    });
  });

  it('lets a server of one’s own have any name, whole', () => {
    const server = { baseURL: 'http://127.0.0.1:9/v1' };
    expect(resolveModel('recorded/A/B', server)).toMatchObject({
      provider: 'custom',
      model: 'recorded/A/B',
      keyless: true,
    });
    expect(resolveModel('x', { ...server, provider: 'mine' }).provider).toBe('mine');
    expect(resolveModel('groq/x', server)).toMatchObject({ provider: 'custom', model: 'groq/x' });
  });

  it('gives a bare name to the default provider', () => {
    expect(resolveModel('llama3.2', undefined, { defaultProvider: 'ollama' })).toMatchObject({
      provider: 'ollama',
      model: 'llama3.2',
    });
    expect(resolveModel('openai/gpt-5', undefined, { defaultProvider: 'ollama' }).provider).toBe('openai');
  });

  it('says what is missing where everybody has a URL of their own', () => {
    expect(() => resolveModel('azure/gpt-5')).toThrow(MissingBaseURLError);
    expect(() => resolveModel('azure/gpt-5')).toThrow(/azureBaseURL/);
    expect(() => resolveModel('custom/m')).toThrow(/pass baseURL/);
  });

  it('speaks to a server of one’s own as to the provider that it is said to be', () => {
    const server = { baseURL: 'http://127.0.0.1:9/v1', provider: 'mistral' };
    expect(resolveModel('m', server).entry.capabilities.streamUsage).toBe('always');
    expect(resolveModel('m', server).keyless).toBe(true);
    expect(resolveModel('m', { ...server, provider: 'azure' }).keyless).toBe(false);
  });

  it('names the known providers when it does not know one', () => {
    expect(() => resolveModel('acme/x')).toThrow(UnknownProviderError);
    expect(() => resolveModel('acme/x')).toThrow(/"acme".*openai, azure, anthropic/);
    expect(() => resolveModel('__proto__/x')).toThrow(UnknownProviderError);
  });

  it('has an https URL, a key variable and a source for every provider that is not on this machine', () => {
    expect([...providers.keys()].sort()).toEqual(
      'anthropic azure cerebras custom deepseek fireworks gemini groq litellm lmstudio mistral ollama openai openrouter perplexity together vllm xai'.split(
        ' ',
      ),
    );
    for (const [name, { baseURL, keyVariables, keyless, source = '', readAt, tried }] of providers) {
      if (baseURL !== undefined) expect(new URL(baseURL).protocol, name).toBe(keyless ? 'http:' : 'https:');
      for (const variable of keyVariables) expect(variable, name).toMatch(/^[A-Z_]+_API_KEY$/);
      expect(new URL(source).protocol, name).toBe('https:');
      expect(readAt, name).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(['recorded', 'read'], name).toContain(tried);
    }
  });
});
