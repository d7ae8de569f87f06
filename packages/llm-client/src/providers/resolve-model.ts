import { UnknownProviderError } from '../errors/unknown-provider-error.ts';
import { providers } from './providers.ts';

/** A server of one's own instead of the provider's. */
export interface OwnServer {
  baseURL: string;
  /** What the log calls it. Default: `custom`. */
  provider?: string | undefined;
}

/** A model and the server that has it. */
export interface ResolvedModel {
  /** A name of the provider table, or that of one's own server. */
  provider: string;
  /** The model's name as that server knows it. */
  model: string;
  baseURL: string;
  keyVariable: string;
  /** Whether it may be asked without a key. */
  keyless: boolean;
}

/**
 * Finds the server of `provider/model`; a name without a slash belongs to `openai`. A `server` of one's own has
 * every model under its whole name, slashes included.
 *
 * @throws {UnknownProviderError} when the provider is not known and there is no `server`
 */
export function resolveModel(name: string, server?: OwnServer): ResolvedModel {
  if (server !== undefined) {
    const { baseURL, provider = 'custom' } = server;
    return { provider, model: name, baseURL, keyVariable: 'OPENAI_API_KEY', keyless: true };
  }
  const slash = name.indexOf('/');
  const provider = slash === -1 ? 'openai' : name.slice(0, slash);
  const entry = providers.get(provider);
  if (entry === undefined) throw new UnknownProviderError(name, provider, [...providers.keys()]);
  const { baseURL, keyVariable, keyless = false } = entry;
  return { provider, model: name.slice(slash + 1), baseURL, keyVariable, keyless };
}
