import type { Dispatcher } from 'undici';
import { createDispatcher } from './create-dispatcher.ts';
import { exchange } from './exchange.ts';
import { loadUndici } from './load-undici.ts';
import { MOST_REDIRECTS, redirectedRequest } from './redirect.ts';
import { ThinResponse } from './thin-response.ts';
import { toWireRequest } from './to-wire-request.ts';
import type { TransportOptions } from './transport-options.ts';

type Fetch = typeof globalThis.fetch;
type Sender = Pick<Dispatcher, 'dispatch'>;

const platformFetch = globalThis.fetch;

/**
 * A `fetch` over undici's dispatcher, for a third of the work of Node's own: what comes back is no platform `Response`, but
 * reads like one. undici is loaded with the first request; where there is none, and outside Node, it is the platform's
 * `fetch`. So it is while somebody has replaced that (tests, instrumentation) or has told it what connections to use.
 */
export function createFetch(options: TransportOptions = {}): Fetch {
  const { proxy, tls, dispatcher } = options;
  const isOwn = proxy !== undefined || tls !== undefined || dispatcher !== undefined;
  if (!isNode()) return (input, init) => globalThis.fetch(input, init);
  let choose: Promise<() => Sender | undefined> | undefined;
  let chosen: (() => Sender | undefined) | undefined;
  return async (input, init = {}) => {
    if (!isOwn && globalThis.fetch !== platformFetch) return globalThis.fetch(input, init);
    choose ??= chooser(options, isOwn);
    chosen ??= await choose;
    const sender = chosen();
    return sender === undefined ? platformFetch(input, init) : send(sender, input, init);
  };
}

/** What sends the requests; `undefined` for the platform's fetch. */
async function chooser(options: TransportOptions, isOwn: boolean): Promise<() => Sender | undefined> {
  if (options.dispatcher !== undefined) return () => options.dispatcher;
  const loaded = await loadUndici();
  if (loaded === undefined) {
    if (isOwn) throw new TypeError('transport.proxy and transport.tls need undici, which cannot be loaded');
    return () => undefined;
  }
  const own = createDispatcher(loaded.undici, options);
  if (isOwn) return () => own;
  return () => loaded.programDispatcher() ?? (loaded.isPlatformChanged() ? undefined : own);
}

async function send(sender: Sender, input: Parameters<Fetch>[0], init: RequestInit): Promise<Response> {
  const signal = init.signal ?? (input instanceof Request ? input.signal : undefined);
  signal?.throwIfAborted();
  let request = await toWireRequest(input, init);
  for (let redirects = 0; ; redirects++) {
    const reply = await exchange(sender, request, signal);
    const next = init.redirect === 'manual' ? undefined : redirectedRequest(request, reply);
    if (next === undefined) {
      const { url, method } = request;
      return new ThinResponse(reply, { url, method, redirected: redirects > 0 }) as unknown as Response;
    }
    await reply.body.return();
    if (init.redirect === 'error' || redirects === MOST_REDIRECTS)
      throw new TypeError('fetch failed', {
        cause: new Error(init.redirect === 'error' ? 'unexpected redirect' : 'redirect count exceeded'),
      });
    request = next;
  }
}

function isNode(): boolean {
  return (
    typeof process === 'object' &&
    process.release?.name === 'node' &&
    !('Bun' in globalThis || 'Deno' in globalThis || 'EdgeRuntime' in globalThis)
  );
}
