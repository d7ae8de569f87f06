import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallLog, readTree } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import { describe, expect, it } from 'vitest';
import {
  createLLMClient,
  ProviderError,
  type ResponsesStreamPart,
  TruncatedReplyError,
  UnsupportedOperationError,
} from '../src/index.ts';
import { answers, recordedClient, serve } from './support.ts';

const output = [
  { type: 'reasoning', id: 'rs', summary: [{ type: 'summary_text', text: 'A sum.' }] },
  { type: 'web_search_call', id: 'ws', status: 'completed' },
  {
    type: 'message',
    id: 'msg',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: 'Let me add.', annotations: [] }],
  },
  { type: 'function_call', id: 'fc', call_id: 'c1', name: 'add', arguments: '{"a":1}', status: 'completed' },
];
const usage = {
  input_tokens: 20,
  output_tokens: 9,
  total_tokens: 29,
  input_tokens_details: { cached_tokens: 4 },
  output_tokens_details: { reasoning_tokens: 5 },
};
const response = { object: 'response', id: 'resp_1', model: 'm-1', status: 'completed', output, usage };

/** The events of that response, its texts cut in pieces. */
const events = [
  { type: 'response.created', response: { ...response, status: 'in_progress', output: [], usage: null } },
  { type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning', id: 'rs', summary: [] } },
  { type: 'response.reasoning_summary_text.delta', output_index: 0, delta: 'A ' },
  { type: 'response.reasoning_summary_text.delta', output_index: 0, delta: 'sum.' },
  { type: 'response.output_item.done', output_index: 0, item: output[0] },
  { type: 'response.output_item.done', output_index: 1, item: output[1] },
  { type: 'response.output_item.added', output_index: 2, item: { type: 'message', id: 'msg', content: [] } },
  { type: 'response.output_text.delta', output_index: 2, delta: 'Let me ' },
  { type: 'response.output_text.delta', output_index: 2, delta: 'add.' },
  { type: 'response.output_item.done', output_index: 2, item: output[2] },
  { type: 'response.output_item.added', output_index: 3, item: { ...output[3], arguments: '' } },
  { type: 'response.function_call_arguments.delta', output_index: 3, delta: '{"a"' },
  { type: 'response.function_call_arguments.delta', output_index: 3, delta: ':1}' },
  { type: 'response.output_item.done', output_index: 3, item: output[3] },
  { type: 'response.completed', response },
];
const request = {
  instructions: 'Be brief.',
  input: 'What is 1 + 1?',
  previous_response_id: 'resp_0',
  tools: [{ type: 'web_search' as const }],
};
const anyTime = { callId: '', durationMs: 0 };

async function read(parts: AsyncIterable<ResponsesStreamPart>) {
  const all: ResponsesStreamPart[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

describe('a response', () => {
  it('is asked for as given, put on record, and has its output and what it says as a message', async () => {
    const { handler, requests } = answers({ json: response });
    await using server = await serve(handler);
    const { client, events: log, types } = recordedClient(server.url);
    const result = await client.responses({ ...request, extra: { novel: 1 } });
    expect(requests).toEqual([{ url: '/v1/responses', body: { model: 'm', novel: 1, ...request } }]);
    expect(result).toMatchObject({
      text: 'Let me add.',
      reasoning: 'A sum.',
      refusal: undefined,
      toolCalls: [{ id: 'c1', name: 'add', arguments: '{"a":1}', json: { a: 1 } }],
      finishReason: 'tool-calls',
      id: 'resp_1',
      model: 'm-1',
      usage: { inputTokens: 20, outputTokens: 9, cacheReadInputTokens: 4, reasoningOutputTokens: 5 },
      attempts: 1,
      output,
    });
    expect(types()).toEqual(['call.start', 'attempt.start', 'attempt.end', 'call.end']);
    expect(log[0]).toMatchObject({
      operation: 'responses',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'What is 1 + 1?' },
      ],
      parameters: { previous_response_id: 'resp_0', novel: 1 },
      tools: [{ type: 'web_search' }],
    });
    expect(log.at(-1)).toMatchObject({ status: 'ok', reply: { output, finish_reason: 'tool-calls' } });
  });

  it('is the same when it is streamed, in parts, with the other events between them', async () => {
    const { handler, requests } = answers({ json: response }, { sse: events });
    await using server = await serve(handler);
    const { client, events: log } = recordedClient(server.url);
    const whole = await client.responses(request);
    const stream = client.streamResponses(request);
    const parts = await read(stream);
    expect({ ...(await stream.result()), ...anyTime }).toEqual({ ...whole, ...anyTime });
    expect(requests[1]?.body).toEqual({ model: 'm', ...request, stream: true });
    expect(parts.filter(({ type }) => type !== 'event')).toEqual([
      { type: 'reasoning-delta', text: 'A ' },
      { type: 'reasoning-delta', text: 'sum.' },
      { type: 'text-delta', text: 'Let me ' },
      { type: 'text-delta', text: 'add.' },
      { type: 'tool-call-delta', index: 0, id: 'c1', name: 'add', arguments: '' },
      { type: 'tool-call-delta', index: 0, arguments: '{"a"' },
      { type: 'tool-call-delta', index: 0, arguments: ':1}' },
      { type: 'usage', usage: whole.usage },
      { type: 'finish', reason: 'tool-calls', raw: 'completed' },
    ]);
    expect(parts).toContainEqual({ type: 'event', event: events[5] });
    expect(log.at(-1)).toMatchObject({ status: 'ok', chunks: { ends: [7, 11] } });
  });

  it('that runs out of tokens says so', async () => {
    const cut = { ...response, status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
    const { handler } = answers({ json: cut });
    await using server = await serve(handler);
    const result = await recordedClient(server.url).client.responses(request);
    expect(result.finishReason).toBe('length');
  });

  it('that failed is tried again, then is an error with the provider’s code', async () => {
    const failed = { ...response, status: 'failed', error: { code: 'server_error', message: 'oh' } };
    const { handler, requests } = answers({ json: failed }, { json: response }, { json: failed });
    await using server = await serve(handler);
    const { client } = recordedClient(server.url, { retry: { maxAttempts: 2 }, random: () => 0 });
    expect(await client.responses(request)).toMatchObject({ text: 'Let me add.', attempts: 2 });
    const once = recordedClient(server.url);
    const error = await once.client.responses(request).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ providerCode: 'server_error', message: 'oh' });
    expect(once.events.at(-1)).toMatchObject({ status: 'error' });
    expect(requests).toHaveLength(3);
  });

  it.each(events.slice(1, -1).map((_, i) => i + 1))('cut after %i events is truncated', async (length) => {
    const { handler } = answers({ sse: events.slice(0, length) });
    await using server = await serve(handler);
    const { client, events: log } = recordedClient(server.url);
    const error = await client
      .streamResponses(request)
      .result()
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(TruncatedReplyError);
    expect('Let me add.'.startsWith(error.partial.text)).toBe(true);
    expect(log.filter(({ type }) => type === 'call.end')).toMatchObject([{ status: 'truncated' }]);
  });

  it('ends once when the stream is left early', async () => {
    const { handler } = answers({ sse: events });
    await using server = await serve(handler);
    const { client, events: log } = recordedClient(server.url);
    for await (const part of client.streamResponses(request)) if (part.type === 'text-delta') break;
    expect(log.filter(({ type }) => type === 'call.end')).toMatchObject([
      { status: 'aborted', reply: { message: { content: 'Let me ' } } },
    ]);
  });

  it.each([[[]], ['text'], [null], [{}], [{ choices: [] }]])('is not %j', async (json) => {
    const { handler } = answers({ json });
    await using server = await serve(handler);
    const { client, events: log } = recordedClient(server.url);
    await expect(client.responses(request)).rejects.toMatchObject({ code: 'malformed_reply' });
    expect(log.at(-1)).toMatchObject({ type: 'call.end', status: 'error' });
  });

  it('is refused before anything is sent or recorded where there is no such endpoint', async () => {
    const log: unknown[] = [];
    const client = createLLMClient({ model: 'mistral/x', apiKey: 'k', logger: (event) => log.push(event) });
    await expect(client.responses(request)).rejects.toBeInstanceOf(UnsupportedOperationError);
    await expect(client.responses(request)).rejects.toThrow(/mistral has no endpoint for responses: .*chat/);
    expect(() => client.streamResponses(request)).toThrow(UnsupportedOperationError);
    expect(log).toEqual([]);
  });

  it('is answered from the record, whole and streamed', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'pd-responses-'));
    try {
      const { handler } = answers({ json: response }, { sse: events });
      await using server = await serve(handler);
      const run = async (replay?: string) => {
        await using log = createCallLog({ dir, tree: false });
        const client = createLLMClient({
          model: 'm',
          baseURL: server.url,
          logger: log.logger,
          ...(replay !== undefined && { replay }),
        });
        return log.run({ name: 'r' }, async ({ journalPath }) => {
          const whole = await client.responses(request);
          const stream = client.streamResponses({ ...request, input: 'again' });
          const parts = await read(stream);
          return { journalPath, whole, parts, streamed: await stream.result() };
        });
      };
      const live = await run();
      const again = await run(live.journalPath);
      expect({ ...again.whole, ...anyTime }).toEqual({ ...live.whole, ...anyTime });
      expect({ ...again.streamed, ...anyTime }).toEqual({ ...live.streamed, ...anyTime });
      const trees = await Promise.all([live, again].map(({ journalPath }) => readTree(journalPath)));
      expect(canonicalTree(trees[1] as never)).toEqual(canonicalTree(trees[0] as never));
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
