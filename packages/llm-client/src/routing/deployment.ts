import { type ModelLookup, type ResolvedModel, resolveModel } from '../providers/resolve-model.ts';

/** Where a model is asked, and with which key. */
export interface DeploymentOptions {
  /** `provider/model`; with `baseURL`, that server's own name for it. Default: the model it stands in for. */
  model?: string;
  /** Key for this deployment; never sent to another server. */
  apiKey?: string;
  /** Any OpenAI-compatible server, instead of the provider's. */
  baseURL?: string;
  /** What the log calls the server behind `baseURL`; a name of the table says how it is spoken to. Default: `custom`. */
  provider?: string;
  /** Sent with every request to it. */
  headers?: Record<string, string>;
}

/** A model at a server, ready to be asked. */
export interface Deployment extends ResolvedModel {
  apiKey?: string;
  headers?: Record<string, string>;
}

/**
 * @throws {UnknownProviderError} when the model names no known provider and there is no `baseURL`
 * @throws {MissingBaseURLError} when its provider has no URL that is the same for everybody
 */
export function toDeployment(model: string, options: DeploymentOptions, lookup?: ModelLookup): Deployment {
  const { apiKey, baseURL, provider, headers } = options;
  const server = baseURL === undefined ? undefined : { baseURL, provider };
  return {
    ...resolveModel(options.model ?? model, server, lookup),
    ...(apiKey !== undefined && { apiKey }),
    ...(headers !== undefined && { headers }),
  };
}
