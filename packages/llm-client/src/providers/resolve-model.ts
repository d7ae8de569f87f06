import { UnknownProviderError } from '../errors/unknown-provider-error.ts';
import { type Provider, providers } from './providers.ts';

/** A server of one's own instead of the provider's. */
export interface OwnServer {
  baseURL: string;
  /** What the log calls it when the model names no provider of the table. Default: `custom`. */
  provider?: string | undefined;
}

/** A model and the server that has it. */
export interface ResolvedModel {
  /** A name of the provider table, or that of one's own server. */
  provider: string;
  /** The model's name as that provider knows it. */
  model: string;
  baseURL: string;
  keyVariable: string;
  keyless: boolean;
}

/**
 * Finds the server of `provider/model`. A name without a known provider belongs to the
 * `server` when there is one, else to `openai` when it has no slash; the server's URL goes before the provider's.
 *
 * @throws {UnknownProviderError} when the provider is not known and there is no `server`
 */
export function resolveModel(name: string, server?: OwnServer): ResolvedModel {
  const slash = name.indexOf('/');
  const prefix = slash === -1 ? undefined : name.slice(0, slash);
  const named = prefix === undefined ? undefined : providers.get(prefix);
  if (prefix !== undefined && named !== undefined)
    return at(prefix, named, name.slice(slash + 1), server?.baseURL);
  if (server !== undefined) {
    const { baseURL, provider = 'custom' } = server;
    return { provider, model: name, baseURL, keyVariable: 'OPENAI_API_KEY', keyless: true };
  }
  const openai = providers.get('openai');
  if (prefix !== undefined || openai === undefined) {
    throw new UnknownProviderError(name, prefix ?? name, [...providers.keys()]);
  }
  return at('openai', openai, name, undefined);
}

function at(provider: string, entry: Provider, model: string, baseURL: string | undefined): ResolvedModel {
  const { keyVariable, keyless = false } = entry;
  return { provider, model, baseURL: baseURL ?? entry.baseURL, keyVariable, keyless };
}
