import { createGzip } from 'node:zlib';
import { expect, it } from 'vitest';
import { hello, recordedClient, serve, sse, textChunk } from './support.ts';

const whole = `${sse(textChunk('one'), textChunk('', 'stop'))}data: [DONE]\n\n`;

it('uses the connection of a stream again, although its reader stops at the last event', async () => {
  const ports: (number | undefined)[] = [];
  await using server = await serve((request, response) => {
    ports.push(request.socket.remotePort);
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(whole);
    setTimeout(() => response.end(), 30);
  });
  const { client } = recordedClient(server.url);
  for (let i = 0; i < 3; i++) {
    expect((await client.stream({ messages: [...hello] }).result()).text).toBe('one');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(new Set(ports).size).toBe(1);
});

it('waits for no server that does not end its reply, and closes the connection', async () => {
  const closed = Promise.withResolvers<void>();
  await using server = await serve((_, response) => {
    response.on('close', closed.resolve);
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(whole);
  });
  const { client, types } = recordedClient(server.url);
  const begun = performance.now();
  expect((await client.stream({ messages: [...hello] }).result()).text).toBe('one');
  expect(performance.now() - begun).toBeLessThan(900);
  expect(types().at(-1)).toBe('call.end');
  await closed.promise;
});

it('closes the connection of a compressed stream that is left while more is being waited for', async () => {
  const left = Promise.withResolvers<void>();
  await using server = await serve((_, response) => {
    response.on('close', left.resolve);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
    const packed = createGzip();
    packed.pipe(response);
    packed.write(sse(textChunk('one')));
    packed.flush();
  });
  const { client } = recordedClient(server.url);
  const parts = client.stream({ messages: [...hello] })[Symbol.asyncIterator]();
  expect((await parts.next()).value).toEqual({ type: 'text-delta', text: 'one' });
  const more = parts.next();
  more.catch(() => {});
  await parts.return?.();
  await left.promise;
  await expect(more).rejects.toThrow();
});
