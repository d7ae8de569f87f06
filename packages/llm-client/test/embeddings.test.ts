import { describe, expect, it } from 'vitest';
import {
  createLLMClient,
  MalformedReplyError,
  ProviderError,
  UnsupportedOperationError,
} from '../src/index.ts';
import { answers, recordedClient, serve } from './support.ts';

const usage = { prompt_tokens: 4, total_tokens: 4 };
const item = (index: number, embedding: unknown) => ({ object: 'embedding', index, embedding });
const reply = (...data: unknown[]) => ({ json: { object: 'list', model: 'e-1', data, usage } });

describe('embeddings', () => {
  it('come in the order of the texts; on record is how many and how long they are', async () => {
    const { handler, requests } = answers(reply(item(1, [3, 4]), item(0, [1, 2])));
    await using server = await serve(handler);
    const { client, events, types } = recordedClient(server.url, { model: 'e' });
    const result = await client.embeddings({ input: ['a', 'b'], dimensions: 2, extra: { novel: 1 } });
    expect(requests).toEqual([
      { url: '/v1/embeddings', body: { model: 'e', input: ['a', 'b'], dimensions: 2, novel: 1 } },
    ]);
    expect(result).toMatchObject({
      embeddings: [
        [1, 2],
        [3, 4],
      ],
      model: 'e-1',
      usage: { inputTokens: 4, source: 'provider' },
      attempts: 1,
    });
    expect(types()).toEqual(['call.start', 'attempt.start', 'attempt.end', 'call.end']);
    expect(events[0]).toMatchObject({ operation: 'embeddings', messages: [], parameters: { dimensions: 2 } });
    expect(events.at(-1)).toMatchObject({
      status: 'ok',
      reply: { model: 'e-1', embeddings: { count: 2, dimensions: 2 } },
    });
    expect(JSON.stringify(events)).not.toContain('[3,4]');
  });

  it('in base64 are decoded', async () => {
    const base64 = Buffer.from(new Float32Array([0.5, -2]).buffer).toString('base64');
    const { handler } = answers(reply(item(0, base64)));
    await using server = await serve(handler);
    const { client } = recordedClient(server.url);
    const result = await client.embeddings({ input: 'a', encoding_format: 'base64' });
    expect(result.embeddings).toEqual([[0.5, -2]]);
  });

  it('are tried again like everything else', async () => {
    const { handler } = answers({ status: 503, json: {} }, reply(item(0, [1])));
    await using server = await serve(handler);
    const { client } = recordedClient(server.url, { retry: { maxAttempts: 2 }, random: () => 0 });
    expect(await client.embeddings({ input: [1, 2, 3] })).toMatchObject({ embeddings: [[1]], attempts: 2 });
  });

  it.each([
    ['too few', reply(item(0, [1]))],
    ['twice the same', reply(item(0, [1]), item(0, [2]))],
    ['no numbers', reply(item(0, [1]), item(1, ['x']))],
    ['an index of nowhere', reply(item(0, [1]), item(7, [2]))],
    ['holes', reply(item(0, [1]), null)],
    ['no list', { json: { data: 'x' } }],
  ])('with %s are none', async (_, answer) => {
    const { handler } = answers(answer);
    await using server = await serve(handler);
    const { client, events } = recordedClient(server.url);
    await expect(client.embeddings({ input: ['a', 'b'] })).rejects.toBeInstanceOf(MalformedReplyError);
    expect(events.filter(({ type }) => type === 'call.end')).toMatchObject([{ status: 'error' }]);
  });

  it('end with the provider’s error, or the reason of an abort', async () => {
    const { handler } = answers({ status: 400, json: { error: { message: 'no', code: 'x' } } });
    await using server = await serve(handler);
    const { client, events } = recordedClient(server.url);
    await expect(client.embeddings({ input: 'a' })).rejects.toBeInstanceOf(ProviderError);
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(client.embeddings({ input: 'a', signal })).rejects.toBe(reason);
    expect(events.at(-1)).toMatchObject({ type: 'call.end', status: 'aborted' });
  });

  it('are refused before anything is sent where there are none; a fallback without them is passed over', async () => {
    const { handler } = answers({ status: 503, json: {} }, reply(item(0, [1])));
    await using server = await serve(handler);
    const { client, events } = recordedClient(server.url, {
      fallbacks: [{ model: 'anthropic/x' }, { model: 'e2', baseURL: server.url }],
    });
    expect(await client.embeddings({ input: 'a' })).toMatchObject({ attempts: 2 });
    const other = createLLMClient({
      model: 'anthropic/x',
      apiKey: 'k',
      logger: (event) => events.push(event),
    });
    const before = events.length;
    await expect(other.embeddings({ input: 'a' })).rejects.toBeInstanceOf(UnsupportedOperationError);
    expect(events).toHaveLength(before);
  });
});
