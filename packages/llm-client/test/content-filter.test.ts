import type { ServerResponse } from 'node:http';
import { canonicalTree } from '@pd/call-log/reader';
import { describe, expect, it } from 'vitest';
import { createBudget, type LLMClient, type LLMClientOptions, type StreamPart } from '../src/index.ts';
import { useRecordings } from './recording.ts';
import { hello, recordedClient, serve, sse } from './support.ts';

const messages = [...hello];
const usage = { prompt_tokens: 10, completion_tokens: 0 };
const prices = { 'custom/*': { input: 1, output: 1 } };

/** A model that says so much, as a whole or as a stream, and then ends for that reason. */
const saying = (content: string, finish_reason: string) => (response: ServerResponse, isStream: boolean) => {
  response.setHeader('content-type', isStream ? 'text/event-stream' : 'application/json');
  const part = content === '' ? {} : { content };
  const choices = [{ index: 0, finish_reason, ...(isStream ? { delta: part } : { message: part }) }];
  if (!isStream) return response.end(JSON.stringify({ model: 'served-1', choices, usage }));
  const begun = {
    model: 'served-1',
    choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }],
  };
  return response.end(sse(begun, { choices }, { choices: [], usage }));
};

/** One server, whose models do as told. */
async function models(told: Record<string, ReturnType<typeof saying>>) {
  const asked: string[] = [];
  const server = await serve((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      const { model, stream } = JSON.parse(body);
      asked.push(model);
      told[model]?.(response, stream === true);
    });
  });
  const options = (...names: string[]): Partial<LLMClientOptions> => ({
    baseURL: server.url,
    model: 'first',
    prices,
    fallbacks: names.map((model) => ({ model, baseURL: server.url })),
  });
  return { ...server, url: server.url, asked, options };
}

const ways: [string, (client: LLMClient) => Promise<{ text: string; attempts: number }>][] = [
  ['a chat', (client) => client.chat({ messages, max_tokens: 50 })],
  ['a stream', (client) => client.stream({ messages, max_tokens: 50 }).result()],
];
const reasons = ['content_filter', 'content_filter: PROHIBITED_CONTENT', 'SAFETY', 'RECITATION'];

describe.each(ways)('%s that was filtered', (_, ask) => {
  it.each(reasons)('(%s) is asked of the fallback, and both attempts are on record', async (reason) => {
    await using server = await models({ first: saying('', reason), second: saying('Yes.', 'stop') });
    const budget = createBudget({ usd: 1 });
    const { client, events } = recordedClient(server.url, {
      ...server.options('second'),
      gates: [budget],
    });
    expect(await ask(client)).toMatchObject({ text: 'Yes.', attempts: 2, usage: { inputTokens: 20 } });
    const ends = events.filter(({ type }) => type === 'attempt.end');
    expect(ends).toMatchObject([
      { status: 'error', http_status: 200, usage: { input_tokens: 10 }, cost_usd: 0.00001 },
      { status: 'ok', usage: { input_tokens: 10 } },
    ]);
    expect(ends[0]).toMatchObject({ error: { type: 'FilteredReplyError', code: 'content_filter' } });
    expect(events.at(-1)).toMatchObject({ type: 'call.end', status: 'ok', cost_usd: 0.00002 });
    expect(budget.spent.usd).toBe(0.00002);
  });

  it('is the answer when there is no other model, or the last one was filtered, too', async () => {
    await using server = await models({
      first: saying('', 'content_filter'),
      second: saying('', 'SAFETY'),
    });
    const alone = recordedClient(server.url, server.options());
    expect(await ask(alone.client)).toMatchObject({ finishReason: 'content-filter', attempts: 1 });
    expect(alone.events.at(-1)).toMatchObject({ status: 'ok' });
    const both = recordedClient(server.url, server.options('second'));
    expect(await ask(both.client)).toMatchObject({ finishReasonRaw: 'SAFETY', attempts: 2 });
    const other = recordedClient(server.url, {
      ...server.options(),
      fallbacks: [{ model: 'second', baseURL: server.url, on: ['rate_limit'] }],
    });
    expect(await ask(other.client)).toMatchObject({ finishReason: 'content-filter', attempts: 1 });
    expect(server.asked).toEqual(['first', 'first', 'second', 'first']);
  });
});

it('a stream of which something was handed out ends as it is, unless it may begin anew', async () => {
  await using server = await models({
    first: saying('Well, ', 'content_filter'),
    second: saying('Yes.', 'stop'),
  });
  const read = async (options: Partial<LLMClientOptions>) => {
    const parts: StreamPart[] = [];
    const { client } = recordedClient(server.url, { ...server.options('second'), ...options });
    for await (const part of client.stream({ messages })) parts.push(part);
    return parts.flatMap((part) =>
      'text' in part ? [part.text] : part.type === 'restart' ? ['restart'] : [],
    );
  };
  expect(await read({})).toEqual(['Well, ']);
  expect(await read({ retry: { afterFirstChunk: true } })).toEqual(['Well, ', 'restart', 'Yes.']);
});

describe('on record', () => {
  const { record } = useRecordings();

  it('is replayed with the same attempts, whatever the fallbacks then', async () => {
    await using server = await models({ first: saying('', 'SAFETY'), second: saying('Yes.', 'stop') });
    const program = async (client: LLMClient) => {
      for (const [, ask] of ways) await ask(client);
    };
    for (const names of [['second'], []]) {
      const original = await record(server.options(...names), program);
      const replayed = await record(
        { ...server.options('second'), baseURL: 'http://127.0.0.1:1/v1', replay: original.path },
        program,
      );
      expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(original.tree));
    }
  });
});

it('a filtered response of the Responses API is asked of the fallback, whole and as a stream', async () => {
  const output = [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Yes.' }] }];
  await using server = await serve((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      const { model, stream } = JSON.parse(body);
      const reply =
        model === 'first'
          ? { status: 'incomplete', incomplete_details: { reason: 'content_filter' }, output: [] }
          : { status: 'completed', output };
      response.setHeader('content-type', stream ? 'text/event-stream' : 'application/json');
      const end = { type: `response.${reply.status}`, response: { object: 'response', ...reply } };
      response.end(stream ? sse(end) : JSON.stringify(end.response));
    });
  });
  const fallbacks = [{ model: 'second', baseURL: server.url }];
  const { client } = recordedClient(server.url, { model: 'first', fallbacks });
  expect(await client.responses({ input: 'x' })).toMatchObject({ text: 'Yes.', attempts: 2 });
  expect(await client.streamResponses({ input: 'x' }).result()).toMatchObject({ text: 'Yes.', attempts: 2 });
  const alone = recordedClient(server.url, { model: 'first' });
  expect(await alone.client.responses({ input: 'x' })).toMatchObject({ finishReason: 'content-filter' });
});
