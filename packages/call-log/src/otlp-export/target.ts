import { version } from '../version.ts';

/** Where spans are posted to. */
export interface OtlpTarget {
  url: URL;
  headers: Headers;
}

/**
 * Checks what a user has given. A URL without a path gets the one of the specification, `/v1/traces`.
 *
 * @throws {TypeError} when it is no http(s) URL, names a user or password, or a header is not allowed; quotes no secret
 */
export function toTarget(given: string, headers: { [name: string]: string } = {}): OtlpTarget {
  if (!URL.canParse(given)) throw new TypeError(`not a URL to post spans to: ${JSON.stringify(given)}`);
  const url = new URL(given);
  if (!/^https?:$/.test(url.protocol))
    throw new TypeError(`spans are posted over http or https, not ${url.protocol}`);
  if (url.username !== '' || url.password !== '')
    throw new TypeError(
      `the URL of ${url.host} has a user or password: give them as an Authorization header`,
    );
  if (url.pathname === '/') url.pathname = '/v1/traces';
  const all = new Headers({ 'user-agent': `pd-call-log/${version}` });
  for (const [name, value] of Object.entries(headers)) {
    try {
      all.set(name, value);
    } catch {
      throw new TypeError(
        `not a header: ${JSON.stringify(name)}, or its value has characters no header may have`,
      );
    }
  }
  all.set('content-type', 'application/json');
  return { url, headers: all };
}

/** The URL as it may be shown: its query may hold a key. */
export function shownUrl({ url }: OtlpTarget): string {
  return `${url.origin}${url.pathname}`;
}
