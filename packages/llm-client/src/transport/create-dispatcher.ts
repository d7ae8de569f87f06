import type { Dispatcher } from 'undici';
import type { TransportOptions } from './transport-options.ts';

/** The connections of one client: kept open for the next request, as many as there are requests, HTTP/1.1 as Node's own fetch. */
export function createDispatcher(
  { Agent, EnvHttpProxyAgent, ProxyAgent }: typeof import('undici'),
  { proxy, tls = {} }: TransportOptions,
): Dispatcher {
  const connections = { allowH2: false, connect: { ...tls } };
  if (proxy === undefined || proxy === false) return new Agent(connections);
  const through = { ...connections, requestTls: { ...tls }, proxyTls: { ...tls } };
  return proxy === 'environment'
    ? new EnvHttpProxyAgent(through)
    : new ProxyAgent({ ...through, uri: proxy });
}
