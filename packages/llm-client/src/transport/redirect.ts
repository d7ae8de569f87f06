import type { WireReply, WireRequest } from './exchange.ts';

/** @see https://fetch.spec.whatwg.org/#http-redirect-fetch */
export const MOST_REDIRECTS = 20;

const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * What another origin gets of the headers. Fetch takes away `authorization` and `cookie` only; but keys travel in many
 * headers (`api-key`, `x-api-key`, a gateway's own), and belong to the server that they were given for.
 */
const FOR_ANYBODY =
  /^(?:accept|accept-encoding|accept-language|content-type|content-encoding|content-language|user-agent|x-stainless-.*)$/;

/**
 * The request that an answer sends one on to; `undefined` when it does not.
 *
 * @throws {TypeError} for a place that cannot be gone to
 */
export function redirectedRequest(
  request: WireRequest,
  { status, headers }: WireReply,
): WireRequest | undefined {
  const { location } = headers;
  if (location === undefined || !REDIRECTS.includes(status)) return undefined;
  const url = new URL(location, request.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new TypeError('fetch failed', {
      cause: new Error(`redirected to ${url.protocol}, which is not HTTP`),
    });
  const becomesGet =
    (status === 303 && request.method !== 'HEAD') || (status < 303 && request.method === 'POST');
  const isStream = typeof request.body === 'object' && request.body !== null && 'pipe' in request.body;
  if (isStream && !becomesGet)
    throw new TypeError('fetch failed', {
      cause: new Error('redirected with a body that cannot be sent again'),
    });
  const kept = Object.entries(request.headers).filter(
    ([name]) =>
      (url.origin === request.url.origin || FOR_ANYBODY.test(name)) &&
      !(becomesGet && name.startsWith('content-')),
  );
  return {
    url,
    method: becomesGet ? 'GET' : request.method,
    headers: Object.fromEntries(kept),
    body: becomesGet ? null : request.body,
  };
}
