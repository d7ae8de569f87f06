import { describe, expect, it } from 'vitest';
import { providers } from './providers.ts';
import { type ProviderOptions, registerProvider } from './register-provider.ts';
import { resolveModel } from './resolve-model.ts';

describe('registerProvider', () => {
  it('adds a provider to a table of its own', () => {
    const table = registerProvider(providers, 'acme', { baseURL: 'https://llm.acme.test/v1' });
    expect(resolveModel('acme/m-1', undefined, { table })).toMatchObject({
      provider: 'acme',
      model: 'm-1',
      baseURL: 'https://llm.acme.test/v1',
      keyVariable: 'ACME_API_KEY',
      keyless: true,
      entry: { history: { name: 'acme' } },
    });
    expect(providers.has('acme')).toBe(false);
  });

  it('wants a key where its variable is named', () => {
    const options = { baseURL: 'https://llm.acme.test/v1', keyVariables: ['ACME_TOKEN'] } as const;
    expect(registerProvider(providers, 'acme', options).get('acme')).toMatchObject({
      keyless: false,
      keyVariables: ['ACME_TOKEN'],
    });
  });

  it('changes what it is told to of a known one', () => {
    const table = registerProvider(providers, 'groq', {
      baseURL: 'https://proxy.test/groq',
      capabilities: { streamUsage: 'never' },
      history: { rules: { last_role: 'refused' } },
    });
    const before = providers.get('groq');
    expect(table.get('groq')).toMatchObject({
      baseURL: 'https://proxy.test/groq',
      keyVariables: before?.keyVariables,
      quirks: before?.quirks,
      capabilities: { ...before?.capabilities, streamUsage: 'never' },
      history: { name: 'groq', rules: { ...before?.history.rules, last_role: 'refused' } },
    });
  });

  it.each<[string, string, unknown, RegExp]>([
    ['a name with a slash', 'a/b', {}, /no name for a provider/],
    ['an empty name', '', {}, /no name/],
    ['nothing', 'acme', null, /has to be an object/],
    ['no URL', 'acme', { baseURL: 'acme' }, /http or https/],
    ['a file', 'acme', { baseURL: 'file:///etc/passwd' }, /http or https/],
    ['a number', 'acme', { baseURL: 5 }, /not a number/],
    [
      'a capability that there is not',
      'acme',
      { capabilities: { streamUsage: 'yes' } },
      /on-request, always, never/,
    ],
    ['a password', 'acme', { baseURL: 'https://me:secret@acme.test/v1' }, /holds a password/],
    ['no variable', 'acme', { baseURL: 'https://acme.test', keyVariables: [] }, /environment variables/],
  ])('does not take %s', (_what, name, options, message) => {
    const register = () => registerProvider(providers, name, options as ProviderOptions);
    expect(register).toThrow(RangeError);
    expect(register).toThrow(message);
    expect(register).not.toThrow(/secret/);
  });
});
