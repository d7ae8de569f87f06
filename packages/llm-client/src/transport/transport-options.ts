import type { ConnectionOptions } from 'node:tls';
import type { Dispatcher } from 'undici';

/** How requests reach their server. Only in Node, and only without a `fetch` of your own. */
export interface TransportOptions {
  /**
   * The proxy to go through, such as `http://name:password@proxy:3128` or `socks5://proxy:1080`. `environment`: what
   * `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say, in either case; `false`: none. Default: as Node's own fetch does it,
   * which looks at the environment when the program runs with `NODE_USE_ENV_PROXY=1` or `--use-env-proxy`.
   */
  proxy?: string | false;
  /**
   * For TLS: `ca`, `cert`, `key`, `servername`, … as of `tls.connect`. More certificates for the whole program:
   * `NODE_EXTRA_CA_CERTS`.
   */
  tls?: ConnectionOptions;
  /** An undici dispatcher (version 7 or later) that sends the requests; instead of `proxy` and `tls`. */
  dispatcher?: Pick<Dispatcher, 'dispatch'>;
}

const PROXY_PROTOCOLS = ['http:', 'https:', 'socks5:', 'socks:'];

/** @throws RangeError for options that make no sense */
export function checkTransport(options: TransportOptions | undefined, fetch: unknown): TransportOptions {
  if (fetch !== undefined && typeof fetch !== 'function')
    throw new RangeError(`fetch must be a function, not ${typeof fetch}`);
  if (options === undefined) return {};
  if (typeof options !== 'object' || options === null)
    throw new RangeError(`transport must be an object, not ${String(options)}`);
  if (fetch !== undefined)
    throw new RangeError('transport has no effect on a fetch of your own: give one of the two');
  const { proxy, tls, dispatcher } = options;
  if (dispatcher !== undefined && (proxy !== undefined || tls !== undefined))
    throw new RangeError('transport.dispatcher brings its own connections: give proxy and tls to it instead');
  if (dispatcher !== undefined && typeof dispatcher?.dispatch !== 'function')
    throw new RangeError('transport.dispatcher must be a dispatcher of undici, such as new Agent()');
  if (tls !== undefined && (typeof tls !== 'object' || tls === null))
    throw new RangeError('transport.tls must be an object with options of tls.connect, such as { ca }');
  if (proxy !== undefined && proxy !== false && proxy !== 'environment' && !isProxyUrl(proxy))
    // Not what was given: there may be a password in it.
    throw new RangeError(
      "transport.proxy must be false, 'environment' or a URL that begins with http://, https:// or socks5://",
    );
  return options;
}

function isProxyUrl(proxy: unknown): boolean {
  return typeof proxy === 'string' && PROXY_PROTOCOLS.includes(URL.parse(proxy)?.protocol ?? '');
}
