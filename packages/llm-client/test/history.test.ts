import { text } from 'node:stream/consumers';
import { runTreeSchema } from '@pd/call-log/schema';
import { describe, expect, it } from 'vitest';
import { type ChatMessageParam, InvalidHistoryError, type LLMClientOptions } from '../src/index.ts';
import { useRecordings } from './recording.ts';
import { recordedClient, serve } from './support.ts';

const recordings = useRecordings();

/** What an abort leaves: a tool call, and the user who goes on. */
const torn: ChatMessageParam[] = [
  { role: 'user', content: 'book it' },
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'call_1234567', type: 'function', function: { name: 'book', arguments: '{}' } }],
  },
  { role: 'user', content: 'are you there?' },
];

async function standIn(...statuses: number[]) {
  const sent: { role: string; tool_call_id?: string }[][] = [];
  const server = await serve(async (request, response) => {
    sent.push(JSON.parse(await text(request)).messages);
    response.writeHead(statuses.shift() ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ choices: [{ message: { content: 'ok' }, finish_reason: 'stop' }] }));
  });
  return { ...server, url: server.url, sent };
}

const at = (url: string, options: Partial<LLMClientOptions> = {}) =>
  recordedClient(url, { provider: 'openai', ...options });

describe('a history that the provider would refuse', () => {
  it.each(['chat', 'stream'] as const)('ends a %s before anything is sent, on record', async (how) => {
    await using server = await standIn();
    const { client, events } = at(server.url);
    const call =
      how === 'chat' ? client.chat({ messages: torn }) : client.stream({ messages: torn }).result();
    const error = await call.catch((cause) => cause);
    expect(error).toBeInstanceOf(InvalidHistoryError);
    expect(error).toMatchObject({
      code: 'invalid_history',
      provider: 'openai',
      findings: [{ rule: 'missing_result', index: 1 }],
    });
    expect(error.message).toMatch(
      /openai does not take this history: messages\[1\]: the tool call "call_1234567" has no result.*history: 'repair'/,
    );
    expect(error.callId).toBe((events[0] as { call_id: string }).call_id);
    expect(events).toMatchObject([
      { type: 'call.start', messages: torn },
      { type: 'call.end', status: 'error', error: { type: 'InvalidHistoryError', code: 'invalid_history' } },
    ]);
    expect(server.sent).toEqual([]);
  });

  it('is mended when asked, and on record is what was sent', async () => {
    await using server = await standIn();
    const { client, events } = at(server.url, { history: 'repair' });
    await client.chat({ messages: torn });
    expect(server.sent[0]).toMatchObject([{}, {}, { role: 'tool', tool_call_id: 'call_1234567' }, {}]);
    expect(events[0]).toMatchObject({
      messages: server.sent[0],
      mended: [{ rule: 'missing_result', index: 1, tool_call_id: 'call_1234567' }],
    });
    expect(events[1]).not.toHaveProperty('mended');
    expect(torn).toHaveLength(3);
  });

  it('is sent when asked', async () => {
    await using server = await standIn();
    await at(server.url, { history: 'send' }).client.chat({ messages: torn });
    expect(server.sent).toEqual([torn]);
  });

  it('is sent to a server that nothing is known of', async () => {
    await using server = await standIn();
    await recordedClient(server.url).client.chat({ messages: torn });
    expect(server.sent).toEqual([torn]);
  });
});

it('what is only doubtful is sent', async () => {
  await using server = await standIn();
  const messages: ChatMessageParam[] = [
    { role: 'user', content: 'a' },
    { role: 'assistant', content: '{' },
  ];
  await at(server.url, { provider: 'anthropic' }).client.chat({ messages });
  expect(server.sent).toEqual([messages]);
});

it('a fallback gets the history in its own dialect', async () => {
  await using server = await standIn(503);
  const result = { role: 'tool' as const, tool_call_id: 'call_1234567', content: 'done' };
  const messages = [...torn.slice(0, 2), result] as ChatMessageParam[];
  const { client, events } = at(server.url, {
    fallbacks: [{ model: 'm', provider: 'mistral', baseURL: server.url }],
  });
  await client.chat({ messages });
  expect(server.sent[0]).toEqual(messages);
  expect(server.sent[1]?.at(-1)?.tool_call_id).toMatch(/^[a-z0-9]{9}$/);
  expect(events[0]).toMatchObject({ messages });
  expect(events[0]).not.toHaveProperty('mended');
  const starts = events.filter(({ type }) => type === 'attempt.start');
  expect(starts[0]).not.toHaveProperty('mended');
  expect(starts[1]).toMatchObject({ mended: [{ rule: 'call_id_form', index: 1 }] });
});

it('without content only what was mended is told, not in whose words', async () => {
  await using server = await standIn();
  const options = { baseURL: server.url, provider: 'openai', history: 'repair' as const };
  const { tree } = await recordings.record(options, (client) => client.chat({ messages: torn }), {
    captureContent: false,
  });
  expect(tree.agents[0]?.calls[0]?.pre.mended).toEqual([
    {
      rule: 'missing_result',
      index: 1,
      tool_call_id: 'call_1234567',
      message: expect.stringMatching(/^\[not captured/),
    },
  ]);
});

it('what was mended is in the tree', async () => {
  await using server = await standIn(503, 200);
  const messages = [...torn.slice(0, 2), { role: 'user' as const, content: 'well?' }];
  const options = {
    baseURL: server.url,
    provider: 'openai',
    history: 'repair' as const,
    retry: false as const,
    fallbacks: [{ model: 'm', provider: 'mistral', baseURL: server.url }],
  };
  const { tree } = await recordings.record(options, (client) => client.chat({ messages }));
  expect(runTreeSchema.parse(tree)).toEqual(tree);
  const [call] = tree.agents[0]?.calls ?? [];
  expect(call?.pre.mended).toEqual([
    {
      rule: 'missing_result',
      index: 1,
      tool_call_id: 'call_1234567',
      message: expect.stringMatching(/"call_1234567" has no result/),
    },
  ]);
  expect(call?.attempts.map(({ mended = [] }) => mended.map(({ rule }) => rule))).toEqual([
    [],
    expect.arrayContaining(['missing_result', 'call_id_form']),
  ]);
});
