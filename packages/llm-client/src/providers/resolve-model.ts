import { MissingBaseURLError } from '../errors/missing-base-url-error.ts';
import { UnknownProviderError } from '../errors/unknown-provider-error.ts';
import type { Provider } from './provider.ts';
import { type ProviderTable, providers } from './providers.ts';

/** A server of one's own instead of the provider's. */
export interface OwnServer {
  baseURL: string;
  /** What the log calls it; a name of the table says how it is spoken to, too. Default: `custom`. */
  provider?: string | undefined;
}

/** Where model names are looked up. */
export interface ModelLookup {
  /** Default: the built-in table. */
  table?: ProviderTable | undefined;
  /** The provider of names without a slash. Default: `openai`. */
  defaultProvider?: string | undefined;
}

/** A model and the server that has it. */
export interface ResolvedModel {
  /** A name of the provider table, or that of one's own server. */
  provider: string;
  /** The model's name as that server knows it. */
  model: string;
  baseURL: string;
  /** The usual environment variable of the key; `entry.keyVariables` has them all. */
  keyVariable: string;
  /** Whether it may be asked without a key. */
  keyless: boolean;
  /** How it is spoken to; that of `custom` for a server that is in no table. */
  entry: Provider;
}

/**
 * Finds the server of `provider/model`; a name without a slash belongs to the default provider. A `server` of one's own
 * has every model under its whole name, slashes included.
 *
 * @throws {UnknownProviderError} when the provider is not known and there is no `server`
 * @throws {MissingBaseURLError} when it has no URL that is the same for everybody
 */
export function resolveModel(name: string, server?: OwnServer, lookup: ModelLookup = {}): ResolvedModel {
  const { table = providers, defaultProvider = 'openai' } = lookup;
  if (server !== undefined) {
    const { baseURL, provider = 'custom' } = server;
    const entry = table.get(provider) ?? (table.get('custom') as Provider);
    return resolved(name, provider, baseURL, entry, entry.baseURL !== undefined || entry.keyless === true);
  }
  const slash = name.indexOf('/');
  const provider = slash === -1 ? defaultProvider : name.slice(0, slash);
  const entry = table.get(provider);
  if (entry === undefined) throw new UnknownProviderError(name, provider, [...table.keys()]);
  const { baseURL, keyless = false } = entry;
  if (baseURL === undefined) throw new MissingBaseURLError(name, provider);
  return resolved(name.slice(slash + 1), provider, baseURL, entry, keyless);
}

function resolved(
  model: string,
  provider: string,
  baseURL: string,
  entry: Provider,
  keyless: boolean,
): ResolvedModel {
  return { provider, model, baseURL, keyVariable: entry.keyVariables[0], keyless, entry };
}
