import { canonicalTree } from '@pd/call-log/reader';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { createMemoryCache, type LLMClient, type ResponseCache, type StreamPart } from '../src/index.ts';
import { useRecordings } from './recording.ts';
import { hello, recordedClient, serve, sse, textChunk } from './support.ts';

const messages = [...hello];
const toolCall = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"x":1}' } };

/** Counts its answers, in their text, and says how each ends. */
async function counting(message: object = {}, finish_reason = 'stop') {
  let requests = 0;
  const server = await serve((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      const content = `answer ${++requests}`;
      const isStream = JSON.parse(body).stream === true;
      response.setHeader('content-type', isStream ? 'text/event-stream' : 'application/json');
      response.end(
        isStream
          ? `${sse(textChunk(content, finish_reason))}data: [DONE]\n\n`
          : JSON.stringify({
              model: 'm-1',
              choices: [{ message: { role: 'assistant', content, ...message }, finish_reason }],
              usage: { prompt_tokens: 10, completion_tokens: 2 },
            }),
      );
    });
  });
  return { ...server, url: server.url, requests: () => requests };
}

it('answers the same request again: no attempt, at no cost, with the tokens of then, and says so', async () => {
  await using server = await counting();
  const { client, events, types } = recordedClient(server.url, { cache: createMemoryCache() });
  expect(await client.chat({ messages })).toMatchObject({ text: 'answer 1', cached: false });
  events.length = 0;
  expect(await client.chat({ messages })).toMatchObject({
    text: 'answer 1',
    cached: true,
    attempts: 0,
    costUsd: 0,
    finishReason: 'stop',
    model: 'm-1',
    usage: { inputTokens: 10, outputTokens: 2, source: 'provider' },
  });
  expect(types()).toEqual(['call.start', 'call.end']);
  expect(events[1]).toMatchObject({
    status: 'ok',
    cost_usd: 0,
    usage: { input_tokens: 10, output_tokens: 2, source: 'provider' },
    reply: { cached: true },
  });
  expect(await client.chat({ messages, temperature: 1 })).toMatchObject({ text: 'answer 2' });
  expect(await client.chat({ messages, cache: false })).toMatchObject({ text: 'answer 3', cached: false });
  expect(await client.chat({ messages, cache: 'refresh' })).toMatchObject({ text: 'answer 4' });
  expect(await client.chat({ messages })).toMatchObject({ text: 'answer 4', cached: true });
  expect(server.requests()).toBe(4);
});

it('serves a stream from it, tool calls included, and keeps streams', async () => {
  await using server = await counting({ tool_calls: [toolCall], reasoning_content: 'hm' }, 'tool_calls');
  const { client } = recordedClient(server.url, { cache: createMemoryCache() });
  const whole = await client.chat({ messages });
  const stream = client.stream({ messages });
  const parts: StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  expect(parts).toEqual([
    { type: 'reasoning-delta', text: 'hm' },
    { type: 'text-delta', text: 'answer 1' },
    { type: 'tool-call-delta', index: 0, id: 'call_1', name: 'f', arguments: '{"x":1}' },
    { type: 'usage', usage: { inputTokens: 10, outputTokens: 2, source: 'provider' } },
    { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' },
  ]);
  expect(await stream.result()).toMatchObject({ cached: true, attempts: 0, message: whole.message });
  await client.stream({ messages, seed: 1 }).result();
  expect(await client.chat({ messages, seed: 1 })).toMatchObject({ text: 'answer 2', cached: true });
  // Left before it is looked at.
  for await (const _ of client.stream({ messages })) break;
});

it('keeps no reply that was filtered', async () => {
  await using server = await counting({}, 'content_filter');
  const { client } = recordedClient(server.url, { cache: createMemoryCache() });
  await client.chat({ messages });
  expect(await client.chat({ messages })).toMatchObject({ text: 'answer 2', cached: false });
});

const broken: [string, ResponseCache][] = [
  ['throws', { get: () => fails(), set: () => fails() }],
  ['rejects', { get: async () => fails(), set: async () => fails() }],
  ['holds something else', { get: () => '{"message":1}', set: () => {} }],
  ['holds half of it', { get: () => '{"mess', set: () => {} }],
  [
    'holds something strange',
    {
      get: () => '{"reply":{"message":{},"other_choices":"x","other_ends":7},"usage":{"source":"none"}}',
      set: () => {},
    },
  ],
  [
    'counts in words',
    { get: () => '{"reply":{"message":{}},"usage":{"source":"none","input_tokens":"x"}}', set: () => {} },
  ],
  ['never answers', { get: () => new Promise<string>(() => {}), set: () => new Promise(() => {}) }],
];
function fails(): never {
  throw new Error('disk full');
}

it.each(broken)('goes on without a cache that %s, and tells it once', async (_, cache) => {
  await using server = await counting();
  const told: unknown[] = [];
  const { client } = recordedClient(server.url, {
    cache,
    onCacheError: (error) => {
      told.push(error);
      throw new Error('the hook, too');
    },
  });
  const results = [client.chat({ messages }), client.stream({ messages }).result()];
  expect((await Promise.all(results)).map(({ cached }) => cached)).toEqual([false, false]);
  expect(told).toHaveLength(1);
});

it('ends a call that is aborted while the cache is asked', async () => {
  await using server = await counting();
  const cache: ResponseCache = { get: () => new Promise(() => {}), set: () => {} };
  const { client, types } = recordedClient(server.url, { cache });
  const enough = new Error('enough');
  const abort = new AbortController();
  const calls = [
    client.chat({ messages, signal: abort.signal }),
    client.stream({ messages, signal: abort.signal }).result(),
  ];
  abort.abort(enough);
  for (const call of calls) await expect(call).rejects.toBe(enough);
  expect(types().sort()).toEqual(['call.end', 'call.end', 'call.start', 'call.start']);
  expect(server.requests()).toBe(0);
});

it('refuses what is no cache', () => {
  expect(() => recordedClient('http://127.0.0.1:1/v1', { cache: {} as ResponseCache })).toThrow(RangeError);
});

it('does not keep the reply of a fallback for the model that was asked for', async () => {
  let isDown = true;
  await using server = await serve((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      const { model } = JSON.parse(body);
      response.setHeader('content-type', 'application/json');
      if (model === 'first' && isDown) response.statusCode = 500;
      const message = { content: model };
      response.end(JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] }));
    });
  });
  const { client } = recordedClient(server.url, {
    model: 'first',
    fallbacks: [{ model: 'second', baseURL: server.url }],
    cache: createMemoryCache(),
  });
  expect(await client.chat({ messages })).toMatchObject({ text: 'second' });
  isDown = false;
  expect(await client.chat({ messages })).toMatchObject({ text: 'first', cached: false });
  expect(await client.chat({ messages })).toMatchObject({ text: 'first', cached: true });
});

it('answers responses, as a whole and as a stream, and keeps them apart from chats', async () => {
  await using server = await startOfflineServer();
  const { client, types } = recordedClient(server.url, { model: 'stand-in-1', cache: createMemoryCache() });
  const first = await client.responses({ input: 'hello' });
  const again = await client.responses({ input: 'hello' });
  expect(again).toMatchObject({ cached: true, costUsd: 0, attempts: 0, usage: first.usage });
  expect([again.text, again.output, again.id]).toEqual([first.text, first.output, first.id]);
  const stream = client.streamResponses({ input: 'hello' });
  let text = '';
  for await (const part of stream) if (part.type === 'text-delta') text += part.text;
  expect(text).toBe(first.text);
  expect(await stream.result()).toMatchObject({ cached: true, output: first.output });
  expect(types().filter((type) => type === 'attempt.start')).toHaveLength(1);
  expect(await client.chat({ messages })).toMatchObject({ cached: false });
  const embed = () => client.embeddings({ input: 'hello' });
  expect([(await embed()).attempts, (await embed()).attempts]).toEqual([1, 1]);
});

it('keeps no reply of which one of several choices was filtered', async () => {
  await using server = await serve((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    const choices = ['stop', 'content_filter'].map((finish_reason, index) => ({
      index,
      message: { content: `${index}` },
      finish_reason,
    }));
    response.end(JSON.stringify({ choices }));
  });
  const { client } = recordedClient(server.url, { cache: createMemoryCache() });
  await client.chat({ messages, n: 2 });
  expect(await client.chat({ messages, n: 2 })).toMatchObject({ cached: false });
});

describe('on record', () => {
  const { record } = useRecordings();

  it('is a call without an attempt, and replayed as one', async () => {
    await using server = await startOfflineServer();
    const texts: string[] = [];
    const program = async (client: LLMClient) => {
      for (let i = 0; i < 2; i++) {
        texts.push((await client.chat({ messages })).text);
        texts.push((await client.stream({ messages }).result()).text);
        texts.push((await client.streamResponses({ input: 'hello' }).result()).text);
      }
    };
    const original = await record({ baseURL: server.url, cache: createMemoryCache() }, program);
    expect(original.tree.run.totals).toMatchObject({
      ...{ calls: 6, attempts: 2 },
      input_tokens: server.totals.promptTokens,
    });
    expect(original.tree.agents[0]?.calls[1]).toMatchObject({
      cost_usd: 0,
      attempts: [],
      post: { cached: true },
      usage: { source: 'provider' },
    });
    const replayed = await record({ replay: original.path, cache: createMemoryCache() }, program);
    expect(texts.slice(6)).toEqual(texts.slice(0, 6));
    expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(original.tree));
  });
});
