import type { LogEvent } from '@pd/call-log/schema';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import {
  type ChatStream,
  ConnectionError,
  ProviderError,
  StreamLeftError,
  type StreamPart,
  TruncatedReplyError,
} from '../src/index.ts';
import { hello, recordedClient, serve, sse, textChunk } from './support.ts';

const messages = [...hello];

async function read(stream: ChatStream): Promise<StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

const textOf = (parts: StreamPart[]) =>
  parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');

describe('stream', () => {
  it('gives the same answer as a call without streaming, usage and finish last', async () => {
    await using server = await startOfflineServer();
    const { client, events, types } = recordedClient(server.url, { model: 'stand-in-1' });
    const whole = await client.chat({ messages });
    const stream = client.stream({ messages });
    const parts = await read(stream);
    const result = await stream.result();
    expect(textOf(parts)).toBe(whole.text);
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.slice(-2)).toEqual([
      { type: 'usage', usage: whole.usage },
      { type: 'finish', reason: 'stop', raw: 'stop' },
    ]);
    const same = { callId: '', id: '', durationMs: 0 };
    expect({ ...result, ...same }).toEqual({ ...whole, ...same });
    expect(types().slice(4)).toEqual(['call.start', 'attempt.start', 'attempt.end', 'call.end']);
    const end = events.at(-1);
    if (end?.type !== 'call.end') throw new Error('no end');
    expect(end.chunks?.ends.at(-1)).toBe(whole.text.length);
    expect(end.time_to_first_chunk_ms).toBeLessThanOrEqual(end.duration_ms ?? 0);
  });

  it('is on record before the stream reports its end', async () => {
    await using server = await startOfflineServer();
    const { client, types } = recordedClient(server.url, { model: 'stand-in-1' });
    for await (const part of client.stream({ messages })) {
      expect(types().includes('call.end')).toBe(part.type === 'usage' || part.type === 'finish');
    }
  });

  it('can be asked for its result alone, or twice, but be read only once', async () => {
    await using server = await startOfflineServer();
    const { client } = recordedClient(server.url, { model: 'stand-in-1' });
    const stream = client.stream({ messages });
    const [a, b] = await Promise.all([stream.result(), stream.result()]);
    expect(a).toBe(b);
    expect(() => stream[Symbol.asyncIterator]()).toThrow(TypeError);
  });

  it('begins the call where it is asked for, not where it is read', async () => {
    await using server = await startOfflineServer();
    const { client, types } = recordedClient(server.url, { model: 'stand-in-1' });
    const stream = client.stream({ messages });
    expect(types()).toEqual(['call.start', 'attempt.start']);
    await stream.result();
  });

  it('tells of its text while it comes, in pieces, and not again when it has ended', async () => {
    const words = Array.from({ length: 200 }, (_, i) => `word${i} `);
    await using server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(sse(...words.map((word) => textChunk(word))));
    });
    const told: LogEvent[] = [];
    const { client } = recordedClient(server.url, { logger: (event) => told.push(event) });
    const pieces = () => told.flatMap((event) => (event.type === 'call.progress' ? event.text : []));
    const abort = new AbortController();
    const reading = read(client.stream({ messages, signal: abort.signal }));
    await expect.poll(() => pieces().join('')).toBe(words.join(''));
    expect(pieces().length).toBeLessThan(20);
    abort.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    expect(told.at(-1)).toMatchObject({ type: 'call.end', reply: { message: { content: words.join('') } } });
  });

  it('passes reasoning and tool calls on in pieces', async () => {
    await using server = await serve((_request, response) => {
      const delta = (part: object) => ({
        id: 'c',
        choices: [{ index: 0, delta: part, finish_reason: null }],
      });
      const tool = (part: object) => delta({ tool_calls: [part] });
      response.setHeader('content-type', 'text/event-stream');
      response.end(
        `${sse(
          delta({ role: 'assistant', reasoning_content: 'hm' }),
          tool({ index: 0, id: 't', type: 'function', function: { name: 'add', arguments: '{"a"' } }),
          tool({ index: 0, function: { arguments: ':1}' } }),
          { id: 'c', choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
        )}data: [DONE]\n\n`,
      );
    });
    const stream = recordedClient(server.url).client.stream({ messages });
    expect(await read(stream)).toEqual([
      { type: 'reasoning-delta', text: 'hm' },
      { type: 'tool-call-delta', index: 0, id: 't', name: 'add', arguments: '{"a"' },
      { type: 'tool-call-delta', index: 0, arguments: ':1}' },
      { type: 'usage', usage: { inputTokens: 5, outputTokens: 4, source: 'estimated' } },
      { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' },
    ]);
    expect((await stream.result()).message).toEqual({
      role: 'assistant',
      content: null,
      reasoning_content: 'hm',
      tool_calls: [{ id: 't', type: 'function', function: { name: 'add', arguments: '{"a":1}' } }],
    });
  });

  it.each([
    ['ends politely', (end: () => void) => end()],
    ['breaks off', (_end: () => void, destroy: () => void) => destroy()],
  ])('never succeeds when the reply %s before its finish reason', async (how, cut) => {
    await using server = await serve((_request, response) => {
      response.setHeader('content-type', 'text/event-stream');
      response.write(sse(textChunk('half '), textChunk('a')));
      // After the chunks have left, so that they are read first.
      setTimeout(
        () =>
          cut(
            () => response.end(),
            () => response.socket?.destroy(),
          ),
        50,
      );
    });
    const { client, events, types } = recordedClient(server.url);
    const stream = client.stream({ messages });
    const error = await read(stream).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(how === 'ends politely' ? TruncatedReplyError : ConnectionError);
    await expect(stream.result()).rejects.toBe(error);
    expect(types().filter((type) => type === 'call.end')).toHaveLength(1);
    const status = how === 'ends politely' ? 'truncated' : 'error';
    expect(events.at(-1)).toMatchObject({ status, reply: { partial: true, message: { content: 'half a' } } });
  });

  it('ends as an error when the server says so in the middle', async () => {
    await using server = await serve((_request, response) => {
      response.setHeader('content-type', 'text/event-stream');
      response.end(sse(textChunk('half'), { error: { message: 'overloaded', code: 'busy' } }));
    });
    const { client, events } = recordedClient(server.url);
    const error = await client
      .stream({ messages })
      .result()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProviderError);
    expect(events.at(-1)).toMatchObject({ status: 'error', reply: { message: { content: 'half' } } });
  });

  it('ends the request when its reader leaves, on record as aborted with what had come', async () => {
    const closed = Promise.withResolvers<void>();
    await using server = await serve((_request, response) => {
      response.setHeader('content-type', 'text/event-stream');
      response.write(sse(textChunk('first')));
      response.on('close', () => closed.resolve());
    });
    const { client, events, types } = recordedClient(server.url);
    const stream = client.stream({ messages });
    for await (const part of stream) {
      expect(part).toEqual({ type: 'text-delta', text: 'first' });
      break;
    }
    await closed.promise;
    expect(types()).toEqual(['call.start', 'attempt.start', 'attempt.end', 'call.end']);
    expect(events.at(-1)).toMatchObject({ status: 'aborted', reply: { message: { content: 'first' } } });
    await expect(stream.result()).rejects.toBeInstanceOf(StreamLeftError);
  });

  it('rethrows the reason of an abort at every stage', async () => {
    await using server = await serve((_request, response) => {
      response.setHeader('content-type', 'text/event-stream');
      response.write(sse(textChunk('first')));
    });
    const { client, events } = recordedClient(server.url);
    const reason = new Error('enough');

    await expect(read(client.stream({ messages, signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);

    const opening = new AbortController();
    const stream = client.stream({ messages, signal: opening.signal });
    opening.abort(reason);
    await expect(read(stream)).rejects.toBe(reason);

    const midway = new AbortController();
    const reading = (async () => {
      for await (const _ of client.stream({ messages, signal: midway.signal })) midway.abort(reason);
    })();
    await expect(reading).rejects.toBe(reason);

    const endings = events.filter(({ type }) => type === 'call.end');
    expect(endings).toMatchObject([{ status: 'aborted' }, { status: 'aborted' }, { status: 'aborted' }]);
  });

  it('does not end the process when nobody reads a failed stream', async () => {
    const { client, types } = recordedClient('http://127.0.0.1:1/v1');
    const stream = client.stream({ messages });
    await expect.poll(() => types().at(-1)).toBe('call.end');
    await expect(stream.result()).rejects.toBeInstanceOf(ConnectionError);
  });

  it.each(['aborted', 'timeout'])('ends on record as %s even if nobody reads it', async (status) => {
    await using server = await serve((_request, response) => {
      response.setHeader('content-type', 'text/event-stream');
      response.write(sse(textChunk('first')));
    });
    const { client, events, types } = recordedClient(server.url);
    const controller = new AbortController();
    const stream = client.stream({
      messages,
      signal: controller.signal,
      timeoutMs: status === 'timeout' ? 50 : 60_000,
    });
    if (status === 'aborted') controller.abort(new Error('enough'));
    await expect.poll(() => types().at(-1)).toBe('call.end');
    expect(events.at(-1)).toMatchObject({ status });
    await expect(stream.result()).rejects.toThrow();
  });

  it('tells the end once, however many read at the same time', async () => {
    await using server = await startOfflineServer();
    const { client, types } = recordedClient(server.url, { model: 'stand-in-1' });
    const iterator = client.stream({ messages })[Symbol.asyncIterator]();
    const reads = await Promise.all(Array.from({ length: 400 }, () => iterator.next()));
    const parts = reads.flatMap(({ value }) => value?.type ?? []);
    expect(parts.filter((type) => type === 'usage' || type === 'finish')).toEqual(['usage', 'finish']);
    expect(types().filter((type) => type === 'call.end')).toHaveLength(1);
  });

  it('reads no faster than it is read', async () => {
    let sent = 0;
    await using server = await serve((_request, response) => {
      response.setHeader('content-type', 'text/event-stream');
      const line = sse(textChunk('x'.repeat(10_000)));
      const write = () => {
        while (sent < 5000 && !response.destroyed) {
          sent++;
          if (!response.write(line)) return void response.once('drain', write);
        }
      };
      write();
    });
    const { client } = recordedClient(server.url);
    const iterator = client.stream({ messages })[Symbol.asyncIterator]();
    await iterator.next();
    // Socket buffers fill up and then the server waits: 5,000 lines are 50 MB, buffers hold a few.
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(sent).toBeLessThan(2500);
    await iterator.return?.();
  });
});
