import { describe, expect, it } from 'vitest';
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

  it('names the known providers when it does not know one', () => {
    expect(() => resolveModel('acme/x')).toThrow(UnknownProviderError);
    expect(() => resolveModel('acme/x')).toThrow(/"acme".*openai, anthropic/);
    expect(() => resolveModel('__proto__/x')).toThrow(UnknownProviderError);
  });

  it('has an https URL, a key variable and a source for every provider that is not on this machine', () => {
    for (const [name, { baseURL, keyVariable, keyless, source }] of providers) {
      expect(new URL(baseURL).protocol, name).toBe(keyless ? 'http:' : 'https:');
      expect(keyVariable, name).toMatch(/^[A-Z]+_API_KEY$/);
      expect(new URL(source).protocol, name).toBe('https:');
    }
  });
});
