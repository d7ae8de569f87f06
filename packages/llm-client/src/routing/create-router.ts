import type { Deployment, DeploymentOptions } from './deployment.ts';
import { toDeployment } from './deployment.ts';
import type { Fallback } from './fallback.ts';
import { type Leg, toRoute } from './route.ts';

/** What decides where models are asked; fields of the client's options. */
export interface RouterOptions extends Omit<DeploymentOptions, 'model'> {
  model: string;
  deployments?: readonly DeploymentOptions[];
  fallbacks?: readonly Fallback[];
  apiKeys?: Readonly<Record<string, string>>;
}

/** Finds the route of a model's name. Keys and headers go to the server they were given for, and to no other. */
export function createRouter(options: RouterOptions): (model: string) => readonly Leg[] {
  const { model: own, apiKey, headers, baseURL, provider, fallbacks = [], apiKeys = {} } = options;
  const server = { ...(baseURL !== undefined && { baseURL }), ...(provider !== undefined && { provider }) };
  const home = toDeployment(own, server);
  const withKey = (deployment: Deployment): Deployment => {
    const isHome = deployment.baseURL === home.baseURL;
    const key = deployment.apiKey ?? (isHome ? apiKey : undefined) ?? apiKeys[deployment.provider];
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
    const route = toRoute(model, deployments, fallbacks, withKey);
    routes.set(model, route);
    return route;
  };
}
