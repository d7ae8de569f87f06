import type { HistoryDialect } from '../history/dialect.ts';
import type { Capabilities, Provider, Quirks } from './provider.ts';
import type { ProviderTable } from './providers.ts';

/** A provider of your own, or what is to be different about one of the table. */
export interface ProviderOptions {
  /** `http:` or `https:`; may have a query, which goes with every request. Without one, calls have to give theirs. */
  baseURL?: string;
  /** Environment variables that hold the key by convention; named in the error when there is none. */
  keyVariables?: readonly [string, ...string[]];
  /** Whether it may be asked without a key. Default for a new one: `true` when it has no `keyVariables`. */
  keyless?: boolean;
  /** Laid over those of the entry; for a new one, over those of `custom`. */
  capabilities?: Partial<Capabilities>;
  /** Laid over the rules of the entry; for a new one, over those of `custom`. */
  history?: Partial<HistoryDialect>;
  quirks?: Quirks;
}

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/i;

/**
 * A table with one more provider, or with a known one changed; the table that is given stays as it is. For one client:
 * the option `providers`.
 *
 * @throws {RangeError} for a name or an option that makes no sense
 */
export function registerProvider(
  table: ProviderTable,
  name: string,
  options: ProviderOptions,
): ProviderTable {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw new RangeError(`${show(name)} is no name for a provider: use letters, digits, ".", "_" and "-"`);
  }
  if (typeof options !== 'object' || options === null) {
    throw new RangeError(`the provider ${name} has to be an object, such as { baseURL }`);
  }
  const known = table.get(name);
  const base = known ?? (table.get('custom') as Provider);
  const { baseURL = known?.baseURL, keyVariables, capabilities, history, quirks = known?.quirks } = options;
  if (baseURL !== undefined) checkURL(name, baseURL);
  if (keyVariables !== undefined) checkVariables(name, keyVariables);
  checkCapabilities(name, capabilities);
  const { keyless = known?.keyless ?? keyVariables === undefined } = options;
  const entry: Provider = {
    ...(known !== undefined && pickOrigin(known)),
    ...(baseURL !== undefined && { baseURL }),
    keyVariables: keyVariables ??
      known?.keyVariables ?? [`${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_API_KEY`],
    keyless,
    capabilities: { ...base.capabilities, ...capabilities },
    history: { ...base.history, name, ...history, rules: { ...base.history.rules, ...history?.rules } },
    ...(quirks !== undefined && { quirks }),
  };
  return new Map(table).set(name, entry);
}

function pickOrigin({ source, readAt, tried }: Provider): Partial<Provider> {
  return {
    ...(source !== undefined && { source }),
    ...(readAt !== undefined && { readAt }),
    ...(tried !== undefined && { tried }),
  };
}

function checkURL(name: string, baseURL: unknown): void {
  const url = typeof baseURL === 'string' ? URL.parse(baseURL) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new RangeError(
      `the baseURL of the provider ${name} has to be an http or https URL, not ${show(baseURL)}`,
    );
  }
  // It is in every error and in front of everybody's eyes.
  if (url.username !== '' || url.password !== '') {
    throw new RangeError(
      `the baseURL of the provider ${name} holds a password: pass it in apiKey or headers`,
    );
  }
}

function checkVariables(name: string, variables: unknown): void {
  if (
    Array.isArray(variables) &&
    variables.length > 0 &&
    variables.every((each) => typeof each === 'string' && each !== '')
  )
    return;
  throw new RangeError(`the keyVariables of the provider ${name} have to be names of environment variables`);
}

const choices: Readonly<Record<string, readonly unknown[]>> = {
  streamUsage: ['on-request', 'always', 'never'],
  structuredOutput: ['native', 'tool', 'prompt'],
  maxTokens: ['max_tokens', 'max_completion_tokens'],
  finishReason: [true, false],
};

/** @see https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
const HEADER = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;

function checkCapabilities(name: string, capabilities: Partial<Capabilities> = {}): void {
  for (const [field, allowed] of Object.entries(choices)) {
    const value = capabilities[field as keyof Capabilities];
    if (value === undefined || allowed.includes(value)) continue;
    throw new RangeError(
      `capabilities.${field} of the provider ${name} is one of ${allowed.join(', ')}, not ${show(value)}`,
    );
  }
  const { idempotencyHeader } = capabilities;
  if (idempotencyHeader !== undefined && !HEADER.test(String(idempotencyHeader)))
    throw new RangeError(
      `capabilities.idempotencyHeader of the provider ${name} has to be the name of a header, not ${show(idempotencyHeader)}`,
    );
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 100)) : `a ${typeof value}`;
}
