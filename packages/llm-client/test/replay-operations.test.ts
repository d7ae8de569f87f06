import { canonicalTree } from '@pd/call-log/reader';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { createLLMClient, type LLMClient, ReplayMissError } from '../src/index.ts';
import { useRecordings } from './recording.ts';
import { answers, serve } from './support.ts';

const { record } = useRecordings();

describe('replayed embeddings', () => {
  const texts = ['a bridge', 'a bus stop'];
  const program = (seen: number[][][]) => async (client: LLMClient) => {
    for (let i = 0; i < 2; i++) seen.push((await client.embeddings({ input: texts })).embeddings);
    seen.push((await client.embeddings({ input: 'one', encoding_format: 'base64' })).embeddings);
  };

  it('are the same vectors, when they were recorded', async () => {
    await using server = await startOfflineServer();
    const seen: number[][][] = [];
    const original = await record({ baseURL: server.url, recordVectors: true }, program(seen));
    const again: number[][][] = [];
    const replayed = await record({ replay: original.path, recordVectors: true }, program(again));
    expect(again).toEqual(seen);
    expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(original.tree));
    // The record of a replay is as good as the first.
    const third: number[][][] = [];
    await record({ replay: replayed.path }, program(third));
    expect(third).toEqual(seen);
  });

  it('are not there unless they were recorded; then they say so, or are asked for again', async () => {
    await using server = await startOfflineServer();
    const { path, tree } = await record({ baseURL: server.url }, program([]));
    expect(JSON.stringify(tree)).not.toContain('vectors');
    const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, replay: path });
    const asked = client.embeddings({ input: texts });
    await expect(asked).rejects.toThrow(ReplayMissError);
    await expect(asked).rejects.toThrow(/vectors are not on record.*recordVectors/);
    await record({ baseURL: server.url, replay: { path, record: 'missing' } }, program([]));
    expect(server.totals.requests).toBe(6);
  });

  it('fail as they failed', async () => {
    const { handler } = answers({ status: 400, json: { error: { message: 'no' } } });
    await using server = await serve(handler);
    const ask = async (client: LLMClient) => {
      await expect(client.embeddings({ input: 'x' })).rejects.toMatchObject({ status: 400 });
    };
    const original = await record({ baseURL: server.url }, ask);
    const replayed = await record({ replay: original.path }, ask);
    expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(original.tree));
  });
});

describe('replayed responses', () => {
  it('have their output, and as a stream their text in the recorded pieces', async () => {
    const pieces = ['Zwölf Bo', 'xkämpfer ja', 'g', 't 👍'];
    const text = pieces.join('');
    const message = { type: 'message', id: 'm', role: 'assistant', content: [{ type: 'output_text', text }] };
    const search = { type: 'web_search_call', id: 'w', status: 'completed' };
    const response = {
      ...{ object: 'response', id: 'r', model: 'm-1', status: 'completed', output: [search, message] },
      usage: { input_tokens: 3, output_tokens: 9 },
    };
    const events = [
      { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } },
      { type: 'response.output_item.done', output_index: 0, item: search },
      ...pieces.map((delta) => ({ type: 'response.output_text.delta', output_index: 1, delta })),
      { type: 'response.output_item.done', output_index: 1, item: message },
      { type: 'response.completed', response },
    ];
    const { handler } = answers({ json: response }, { sse: events });
    await using server = await serve(handler);
    const program = (seen: unknown[]) => async (client: LLMClient) => {
      seen.push((await client.responses({ input: 'hello' })).output);
      const stream = client.streamResponses({ input: 'hello' });
      const told: string[] = [];
      for await (const part of stream) if (part.type === 'text-delta') told.push(part.text);
      seen.push(told, (await stream.result()).output);
    };
    const live: unknown[] = [];
    const original = await record({ baseURL: server.url }, program(live));
    expect(live).toEqual([response.output, pieces, response.output]);
    const again: unknown[] = [];
    const replayed = await record({ replay: original.path }, program(again));
    expect(again).toEqual(live);
    expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(original.tree));
  });
});
