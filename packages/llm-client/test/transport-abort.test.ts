import { getEventListeners, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { createFetch } from '../src/transport/create-fetch.ts';
import { hello, recordedClient, serve } from './support.ts';

const thin = createFetch();
const why = new Error('enough');

/** A server of bytes, and the connections it was given. */
async function serveBytes(onData: (socket: Socket) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.once('data', () => onData(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

it('sends nothing when it is aborted before it begins, or before it is connected', async () => {
  let got = false;
  await using server = await serveBytes(() => {
    got = true;
  });
  await expect(thin(server.url, { signal: AbortSignal.abort(why) })).rejects.toBe(why);
  expect(server.sockets).toEqual([]);
  const abort = new AbortController();
  const asked = thin(server.url, { signal: abort.signal });
  asked.catch(() => {});
  // One turn for undici to begin with the connection, and none for the connection itself.
  await Promise.resolve();
  abort.abort(why);
  await expect(asked).rejects.toBe(why);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(got).toBe(false);
});

it('closes the connection when it is aborted before the answer', async () => {
  const abort = new AbortController();
  await using server = await serveBytes(() => abort.abort(why));
  await expect(thin(server.url, { signal: abort.signal })).rejects.toBe(why);
  const [socket] = server.sockets;
  if (socket?.closed === false) await once(socket, 'close');
  await new Promise((resolve) => setTimeout(resolve, 50));
  // undici may open another one for the next request; nothing goes out there.
  expect(server.sockets.slice(1).filter(({ bytesRead }) => bytesRead > 0)).toEqual([]);
});

it.each(['stream', 'text'] as const)(
  'closes the connection when it is aborted within the body (%s)',
  async (how) => {
    const abort = new AbortController();
    await using server = await serveBytes((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nsome');
    });
    const response = await thin(server.url, { signal: abort.signal });
    const reader = how === 'stream' ? response.body?.getReader() : undefined;
    if (reader !== undefined) expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('some');
    const rest = reader === undefined ? response.text() : reader.read();
    rest.catch(() => {});
    abort.abort(why);
    await expect(rest).rejects.toBe(why);
    const [socket] = server.sockets;
    if (socket?.closed === false) await once(socket, 'close');
  },
);

it('closes the connection when its reader leaves', async () => {
  await using server = await serveBytes((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\nsome');
  });
  const response = await thin(server.url);
  for await (const _ of response.body as ReadableStream<Uint8Array>) break;
  const [socket] = server.sockets;
  if (socket?.closed === false) await once(socket, 'close');
});

it('leaves nothing on a signal that outlives its requests', async () => {
  await using server = await serve((_, response) => response.end('ok'));
  const { signal } = new AbortController();
  for (let i = 0; i < 3; i++) await (await thin(server.url, { signal })).text();
  await expect(thin('http://127.0.0.1:1/', { signal })).rejects.toThrow('fetch failed');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it('tells the root reason of a connection that fails', async () => {
  const refused = recordedClient('http://127.0.0.1:1/v1');
  await expect(refused.client.chat({ messages: [...hello] })).rejects.toMatchObject({
    code: 'connection',
    message: 'cannot reach http://127.0.0.1:1/v1: connect ECONNREFUSED 127.0.0.1:1',
  });
  await using server = await serveBytes((socket) => socket.end('this is not HTTP\r\n\r\n'));
  const odd = recordedClient(server.url);
  await expect(odd.client.chat({ messages: [...hello] })).rejects.toThrow(
    /cannot reach .*: .*(Parse Error|Expected HTTP)/,
  );
  await using closing = await serveBytes((socket) => socket.destroy());
  const closed = recordedClient(closing.url);
  await expect(closed.client.chat({ messages: [...hello] })).rejects.toThrow(/other side closed|ECONNRESET/);
});
