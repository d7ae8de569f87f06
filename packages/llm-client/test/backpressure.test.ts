import { once } from 'node:events';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { LLMClient } from '../src/index.ts';
import { hello, recordedClient, serve, sse, textChunk } from './support.ts';

const CHUNK = 64 * 1024;
const CHUNKS = 1_000;

const messages = [...hello];
const streams: [string, (client: LLMClient) => AsyncIterable<unknown>][] = [
  ['a stream', (client) => client.stream({ messages })],
  [
    'a streamed object',
    (client) => client.streamObject({ messages, schema: z.object({ a: z.string() }), maxRepairs: 0 }),
  ],
];

it.each(streams)(
  'nothing is read from the server much faster than %s is read',
  async (_, open) => {
    let sent = 0;
    let stalled = Promise.withResolvers<void>();
    await using server = await serve(async (request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let i = 0; i < CHUNKS; i++) {
        const isFull = !response.write(sse(textChunk(`${i === 0 ? '{"a":"' : ''}${'x'.repeat(CHUNK)}`)));
        sent++;
        if (isFull) {
          // The socket takes no more for now: whoever waits for that is told when it lasts.
          const timer = setTimeout(() => stalled.resolve(), 300);
          await once(response, 'drain');
          clearTimeout(timer);
        }
      }
      response.end(sse(textChunk('', 'stop')));
    });
    const { client } = recordedClient(server.url);
    const reading = open(client)[Symbol.asyncIterator]();
    let read = 0;
    for (const pause of [1, 200]) {
      while (read < pause) {
        await reading.next();
        read++;
      }
      stalled = Promise.withResolvers();
      await stalled.promise;
      // What lies in between are buffers of the kernel and of fetch, not a part of the stream that grows.
      expect(sent - read).toBeLessThan(CHUNKS / 4);
    }
    while (!(await reading.next()).done) read++;
    expect(read).toBeGreaterThanOrEqual(CHUNKS);
    expect(sent).toBe(CHUNKS);
  },
  30_000,
);
