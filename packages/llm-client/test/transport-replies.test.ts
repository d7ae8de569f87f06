import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  brotliCompressSync,
  createBrotliCompress,
  createGzip,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { expect, it } from 'vitest';
import { createFetch } from '../src/transport/create-fetch.ts';
import { serve } from './support.ts';

const thin = createFetch();
const said = JSON.stringify({ text: 'grüße '.repeat(5_000) });

/** What a server is sent: its head and its body. */
async function seen(request: IncomingMessage) {
  const { method, url, headers } = request;
  return { method, url, headers, body: await text(request) };
}

it.each([
  ['gzip', gzipSync(said)],
  ['x-gzip', gzipSync(said)],
  ['deflate', deflateSync(said)],
  ['deflate', deflateRawSync(said)],
  ['br', brotliCompressSync(said)],
  ['zstd', zstdCompressSync(said)],
  ['gzip, br', brotliCompressSync(gzipSync(said))],
  ['identity', Buffer.from(said)],
  ['something-new', Buffer.from(said)],
])('undoes %s, whole and as a stream, as Node does', async (encoding, bytes) => {
  await using server = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': encoding, 'content-type': 'application/json' }).end(bytes);
  });
  expect(await (await thin(server.url)).text()).toBe(said);
  expect(await (await thin(server.url)).json()).toEqual(JSON.parse(said));
  const parts: Uint8Array[] = [];
  for await (const part of (await thin(server.url)).body as ReadableStream<Uint8Array>) parts.push(part);
  expect(Buffer.concat(parts).toString()).toBe(said);
  expect(await (await fetch(server.url)).text()).toBe(said);
});

it.each([
  ['gzip', createGzip],
  ['br', createBrotliCompress],
] as const)('hands out what has come of a stream in %s at once', async (encoding, create) => {
  const more = Promise.withResolvers<void>();
  await using server = await serve(async (_, response) => {
    response.writeHead(200, { 'content-encoding': encoding });
    const packed = create();
    packed.pipe(response);
    packed.write('one');
    packed.flush();
    await more.promise;
    packed.end('two');
  });
  const reader = (await thin(server.url)).body?.getReader();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('one');
  more.resolve();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('two');
});

it('fails on compression that is none, and on a reply that breaks off', async () => {
  await using server = await serve((request, response) => {
    if (request.url?.endsWith('broken'))
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip');
    else {
      response.writeHead(200, { 'content-length': '100' }).write('some');
      setTimeout(() => response.destroy(), 20);
    }
  });
  await expect((await thin(`${server.url}/broken`)).text()).rejects.toThrow('incorrect header check');
  await expect((await thin(server.url)).text()).rejects.toMatchObject({
    name: 'TypeError',
    message: 'terminated',
    cause: { message: 'other side closed' },
  });
});

it('answers like a Response', async () => {
  await using server = await serve((request, response) => {
    const status = Number(request.url?.slice(4));
    response.writeHead(status, 'As It Is', { 'set-cookie': ['a=1', 'b=2'], 'x-name': 'v' });
    response.end(status === 204 ? undefined : '{"a":1}');
  });
  const at = (status: number) => thin(`${server.url}/${status}`);
  const found = await at(200);
  expect(found).toMatchObject({ ok: true, status: 200, statusText: 'As It Is', url: `${server.url}/200` });
  expect(found).toMatchObject({ redirected: false, bodyUsed: false });
  expect(found.headers.get('x-name')).toBe('v');
  expect(found.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(Buffer.from(await found.arrayBuffer()).toString()).toBe('{"a":1}');
  expect(found.bodyUsed).toBe(true);
  await expect(found.text()).rejects.toThrow('already been read');
  expect((await at(404)).ok).toBe(false);
  expect((await at(204)).body).toBeNull();
  expect(await (await at(200)).blob()).toMatchObject({ size: 7 });
  const twice = await at(200);
  expect(await Promise.all([twice.clone().json(), twice.json()])).toEqual([{ a: 1 }, { a: 1 }]);
});

it('sends every kind of body as Node does', async () => {
  await using server = await serve(async (request, response) => {
    const { headers, body } = await seen(request);
    // The boundary of a form is another one each time.
    const type = headers['content-type']?.replace(/\d{6,}/, 'n');
    response.end(JSON.stringify({ type, body: body.replace(/\d{6,}/g, 'n') }));
  });
  const form = new FormData();
  form.append('file', new Blob(['bytes'], { type: 'text/x' }), 'a.txt');
  const bodies: (() => RequestInit['body'])[] = [
    () => 'text',
    () => Buffer.from('bytes'),
    () => new TextEncoder().encode('bytes').buffer,
    () => new DataView(new TextEncoder().encode('bytes').buffer, 1),
    () => new URLSearchParams({ a: 'ü' }),
    () => new Blob(['blob'], { type: 'text/x' }),
    () => form,
    () => ReadableStream.from([Buffer.from('one'), Buffer.from('two')]),
  ];
  for (const body of bodies) {
    const send = async (by: typeof fetch) =>
      (await by(server.url, { method: 'post', body: body(), duplex: 'half' } as RequestInit)).json();
    expect(await send(thin)).toEqual(await send(fetch));
  }
  const request = new Request(server.url, { method: 'PUT', body: 'of a request' });
  expect(await (await thin(request)).json()).toMatchObject({ body: 'of a request' });
});

it('keeps a connection for the next request', async () => {
  const ports = new Set<number | undefined>();
  await using server = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('ok');
  });
  for (let i = 0; i < 5; i++) await (await thin(server.url)).text();
  // undici frees a connection one turn late, so that requests without a pause take turns with two, as with fetch.
  expect(ports.size).toBeLessThanOrEqual(2);
});

it('goes where it is sent on to, and takes only there what is for anybody', async () => {
  await using other = await serve(async (request, response) =>
    response.end(JSON.stringify(await seen(request))),
  );
  await using server = await serve(async (request, response) => {
    const [, , place, status] = request.url?.split('/') ?? [];
    if (place === 'end') response.end(JSON.stringify(await seen(request)));
    else
      response
        .writeHead(Number(status), { location: place === 'here' ? '/v1/end' : `${other.url}/end` })
        .end();
  });
  const headers = {
    authorization: 'Bearer k',
    cookie: 'c=1',
    'api-key': 'k',
    'x-my-gateway': 'k',
    'content-type': 'application/json',
    'x-stainless-lang': 'js',
  };
  const go = async (place: string, init: RequestInit = {}) => {
    const response = await thin(`${server.url}/${place}`, { method: 'POST', body: '{}', headers, ...init });
    expect(response.redirected).toBe(true);
    return (await response.json()) as Awaited<ReturnType<typeof seen>>;
  };
  for (const status of [307, 308])
    expect(await go(`here/${status}`)).toMatchObject({ method: 'POST', body: '{}', headers });
  for (const status of [301, 302, 303]) {
    const sent = await go(`here/${status}`);
    expect(sent).toMatchObject({ method: 'GET', body: '', headers: { authorization: 'Bearer k' } });
    expect(sent.headers).not.toHaveProperty('content-type');
  }
  const away = await go('away/307');
  expect(away).toMatchObject({ method: 'POST', body: '{}' });
  expect(away.headers).toMatchObject({ 'content-type': 'application/json', 'x-stainless-lang': 'js' });
  expect(Object.keys(away.headers)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/authorization|cookie|api-key|x-my-gateway/)]),
  );
  expect((await thin(`${server.url}/here/307`, { redirect: 'manual' })).status).toBe(307);
  await expect(thin(`${server.url}/here/307`, { redirect: 'error' })).rejects.toMatchObject({
    cause: { message: 'unexpected redirect' },
  });
  const body = ReadableStream.from([Buffer.from('once')]);
  await expect(go('here/307', { body, duplex: 'half' } as RequestInit)).rejects.toMatchObject({
    cause: { message: 'redirected with a body that cannot be sent again' },
  });
});

it('goes in no circles and nowhere else', async () => {
  let asked = 0;
  await using server = await serve((request, response) => {
    asked++;
    response.writeHead(302, { location: request.url?.endsWith('file') ? 'file:///etc/passwd' : '/v1' }).end();
  });
  await expect(thin(server.url)).rejects.toMatchObject({ cause: { message: 'redirect count exceeded' } });
  expect(asked).toBe(21);
  await expect(thin(`${server.url}/file`)).rejects.toMatchObject({
    cause: { message: 'redirected to file:, which is not HTTP' },
  });
  await expect(thin('http://name:secret@127.0.0.1/')).rejects.toThrow(/credentials: http:\/\/127.0.0.1$/);
  await expect(thin('no url')).rejects.toThrow(TypeError);
});

it('makes a server wait for a slow reader', async () => {
  const chunk = Buffer.alloc(64 * 1024);
  let sent = 0;
  await using server = await serve(async (_, response) => {
    const closed = once(response, 'close');
    for (; sent < 1_000; sent++)
      if (!response.write(chunk)) await Promise.race([once(response, 'drain'), closed]);
    response.end();
  });
  const { body } = await thin(server.url);
  const reader = body?.getReader();
  await reader?.read();
  // It goes on until everybody's buffers are full, and stops there.
  let before = -1;
  while (before !== sent) {
    before = sent;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(sent).toBeLessThan(900);
  let bytes = chunk.length;
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read())
    bytes += part.value.length;
  expect(bytes).toBeGreaterThanOrEqual(1_000 * chunk.length);
});
