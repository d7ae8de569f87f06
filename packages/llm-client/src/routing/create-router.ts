import { UnknownProviderError } from '../errors/unknown-provider-error.ts';
import { providers as builtIn, type ProviderTable } from '../providers/providers.ts';
import { type ProviderOptions, registerProvider } from '../providers/register-provider.ts';
import { type Deployment, type DeploymentOptions, toDeployment } from './deployment.ts';
import type { Fallback } from './fallback.ts';
import { type Leg, toRoute } from './route.ts';

/** What decides where models are asked; fields of the client's options. */
export interface RouterOptions extends Omit<DeploymentOptions, 'model'> {
  model: string;
  deployments?: readonly DeploymentOptions[];
  fallbacks?: readonly Fallback[];
  apiKeys?: Readonly<Record<string, string>>;
  providers?: Readonly<Record<string, ProviderOptions>>;
  defaultProvider?: string;
}

/** Finds the route of a model's name. Keys and headers go to the server they were given for, and to no other. */
export function createRouter(options: RouterOptions): (model: string) => readonly Leg[] {
  const { model: own, apiKey, headers, baseURL, provider, fallbacks = [], apiKeys = {} } = options;
  const server = { ...(baseURL !== undefined && { baseURL }), ...(provider !== undefined && { provider }) };
  const table = toTable(options.providers);
  const { defaultProvider } = options;
  if (defaultProvider !== undefined && !table.has(defaultProvider)) {
    throw new UnknownProviderError(own, defaultProvider, [...table.keys()]);
  }
  const lookup = { table, defaultProvider };
  const home = toDeployment(own, server, lookup);
  const hasKeyFor = ({ provider, baseURL }: Deployment) => {
    // What a server of one's own is called is no reason to give it somebody else's key.
    const usual = table.get(provider)?.baseURL;
    return usual === undefined || usual === baseURL;
  };
  const withKey = (deployment: Deployment): Deployment => {
    const isHome = deployment.baseURL === home.baseURL;
    const key =
      deployment.apiKey ??
      (isHome ? apiKey : undefined) ??
      (hasKeyFor(deployment) ? apiKeys[deployment.provider] : undefined);
    const sent = deployment.headers ?? (isHome ? headers : undefined);
    return {
      ...deployment,
      ...(key !== undefined && { apiKey: key }),
      ...(sent !== undefined && { headers: sent }),
    };
  };
  const routes = new Map<string, readonly Leg[]>();
  return (model) => {
    const known = routes.get(model);
    if (known !== undefined) return known;
    const deployments = (model === own && options.deployments) || [server];
    const route = toRoute(model, deployments, fallbacks, (name, place) =>
      withKey(toDeployment(name, place, lookup)),
    );
    routes.set(model, route);
    return route;
  };
}

/** @throws {RangeError} for an entry that makes no sense */
function toTable(own: Readonly<Record<string, ProviderOptions>> = {}): ProviderTable {
  return Object.entries(own).reduce(
    (table, [name, options]) => registerProvider(table, name, options),
    builtIn,
  );
}
