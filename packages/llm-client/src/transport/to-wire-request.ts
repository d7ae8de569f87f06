import { Readable } from 'node:stream';
import { ACCEPTED_ENCODINGS } from './decode-body.ts';
import type { WireRequest } from './exchange.ts';

type Input = Parameters<typeof fetch>[0];

/**
 * What `fetch(input, init)` asks for, as it goes on the wire.
 *
 * @throws {TypeError} for what is no URL, or one with a name and password in it, as fetch does
 */
export async function toWireRequest(input: Input, init: RequestInit): Promise<WireRequest> {
  const request = input instanceof Request ? input : undefined;
  const url = new URL(request?.url ?? String(input));
  if (url.username !== '' || url.password !== '')
    throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${url.origin}`);
  const headers = toFields(init.headers ?? request?.headers ?? {});
  headers.accept ??= '*/*';
  headers['user-agent'] ??= 'node';
  headers['accept-encoding'] ??= ACCEPTED_ENCODINGS;
  const method = (init.method ?? request?.method ?? 'GET').toUpperCase();
  return { url, method, headers, body: await toWireBody(init.body ?? request?.body, headers) };
}

function toFields(given: NonNullable<RequestInit['headers']>): Record<string, string> {
  const fields: Record<string, string> = {};
  if (Symbol.iterator in given) {
    for (const [name, value] of given instanceof Headers ? given : new Headers([...given]))
      fields[name] = value;
    return fields;
  }
  // Names and values are checked by undici; to make `Headers` of them first costs as much as the rest of this.
  for (const name of Object.keys(given)) fields[name.toLowerCase()] = String(given[name]);
  return fields;
}

/** Sets `content-type` where the kind of body says what it is and the caller does not. */
async function toWireBody(
  body: RequestInit['body'] | undefined,
  headers: Record<string, string>,
): Promise<WireRequest['body']> {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string') {
    headers['content-type'] ??= 'text/plain;charset=UTF-8';
    return body;
  }
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (body instanceof ReadableStream || Symbol.asyncIterator in body)
    return Readable.from(body as AsyncIterable<Uint8Array>, { objectMode: false });
  // Forms, blobs and the like: the platform knows how they are written.
  const written = new Response(body as RequestInit['body']);
  const type = written.headers.get('content-type');
  if (type !== null) headers['content-type'] ??= type;
  return new Uint8Array(await written.arrayBuffer());
}
