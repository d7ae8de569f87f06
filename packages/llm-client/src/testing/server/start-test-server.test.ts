import { describe, expect, it } from 'vitest';
import { createLLMClient, LLMClientError } from '../../index.ts';
import {
  createStorm,
  type Fault,
  type ReceivedRequest,
  startTestServer,
  type TestAnswer,
} from '../../testing.ts';

const messages = [{ role: 'user' as const, content: 'hello' }];
const text = 'Grüße, 日本語 🐙, and so on to the very end.';

async function ask(answer: TestAnswer, kind: 'chat' | 'stream') {
  await using server = await startTestServer({ answers: [{ text, ...answer }] });
  const attemptTimeoutMs = answer.faults?.[0]?.type === 'hang' ? 100 : 20_000;
  const client = createLLMClient({ model: 'm', baseURL: server.url, retry: false, attemptTimeoutMs });
  const asked = kind === 'chat' ? client.chat({ messages }) : client.stream({ messages }).result();
  const outcome = await asked.then(
    (result) => (result.text.endsWith(text) ? 'ok' : `cut: ${result.text}`),
    (error: unknown) => (LLMClientError.isInstance(error) ? error.code : String(error)),
  );
  return { outcome, request: server.requests[0] };
}

describe('what the client makes of', () => {
  it.each<[Fault, chat: string, stream: string]>([
    [{ type: 'status', status: 503 }, 'server_error', 'server_error'],
    [{ type: 'status', status: 400, code: 'context_length_exceeded' }, 'context_length', 'context_length'],
    [{ type: 'rate_limit' }, 'rate_limit', 'rate_limit'],
    [{ type: 'html', status: 502 }, 'server_error', 'server_error'],
    [{ type: 'html', status: 200 }, 'malformed_reply', 'truncated'],
    [{ type: 'error_body' }, 'provider_error', 'truncated'],
    [{ type: 'empty_body' }, 'malformed_reply', 'truncated'],
    [{ type: 'reset' }, 'connection', 'connection'],
    [{ type: 'hang' }, 'timeout', 'timeout'],
    [{ type: 'slow_start', delayMs: 20 }, 'ok', 'ok'],
    [{ type: 'slow_drip', delayMs: 1, bytes: 100 }, 'ok', 'ok'],
    [{ type: 'tiny_chunks' }, 'ok', 'ok'],
    [{ type: 'huge_chunk' }, 'ok', 'ok'],
    [{ type: 'cut', afterBytes: 150, by: 'end' }, 'malformed_reply', 'truncated'],
    [{ type: 'cut', afterBytes: 0, by: 'end' }, 'malformed_reply', 'truncated'],
    [{ type: 'cut', afterBytes: 150, by: 'close' }, 'connection', 'connection'],
    [{ type: 'cut', afterBytes: 150, by: 'reset' }, 'connection', 'connection'],
    [{ type: 'cut', afterBytes: 0, by: 'close' }, 'connection', 'connection'],
    [{ type: 'cut', afterBytes: -14, by: 'end' }, 'malformed_reply', 'ok'],
    [{ type: 'broken_json' }, 'malformed_reply', 'truncated'],
    [{ type: 'wrong_content_type' }, 'malformed_reply', 'ok'],
    [{ type: 'missing_usage' }, 'ok', 'ok'],
    [{ type: 'missing_finish' }, 'truncated', 'truncated'],
    [{ type: 'token_limit' }, 'ok', 'ok'],
    [{ type: 'broken_arguments' }, 'ok', 'ok'],
    [{ type: 'duplicate_finish' }, 'ok', 'ok'],
    [{ type: 'missing_done' }, 'ok', 'ok'],
    [{ type: 'error_event' }, 'provider_error', 'provider_error'],
    [{ type: 'keep_alive' }, 'ok', 'ok'],
    [{ type: 'wrong_model', model: 'other' }, 'ok', 'ok'],
  ])('%j', async (fault, chat, stream) => {
    expect([
      (await ask({ faults: [fault] }, 'chat')).outcome,
      (await ask({ faults: [fault] }, 'stream')).outcome,
    ]).toEqual([chat, stream]);
  });

  it('every form of Retry-After', async () => {
    const waits = [];
    for (const retryAfter of [
      { form: 'seconds', ms: 1_500 },
      { form: 'date', ms: 30_000 },
      { form: 'milliseconds', ms: 250 },
      { form: 'garbage' },
      { form: 'none' },
    ] as const) {
      await using server = await startTestServer({
        answers: [{ faults: [{ type: 'rate_limit', retryAfter }] }],
      });
      const client = createLLMClient({ model: 'm', baseURL: server.url, retry: false });
      const error: unknown = await client.chat({ messages }).catch((reason: unknown) => reason);
      waits.push((error as { retryAfterMs?: number }).retryAfterMs);
    }
    expect([waits[0], waits[2], waits[3], waits[4]]).toEqual([2_000, 250, undefined, undefined]);
    expect(waits[1]).toBeGreaterThan(20_000);
    expect(waits[1]).toBeLessThanOrEqual(30_000);
  });
});

describe('the test server', () => {
  it('streams the same reply that it gives whole: text, reasoning, tool calls, usage', async () => {
    await using server = await startTestServer({
      answers: [
        {
          reasoning: 'hm',
          toolCalls: [{ name: 'add', arguments: { a: 1 } }],
          usage: { input: 3, output: 4 },
        },
      ],
    });
    const client = createLLMClient({ model: 'm', baseURL: server.url });
    const [whole, streamed] = [await client.chat({ messages }), await client.stream({ messages }).result()];
    expect(streamed.message).toEqual(whole.message);
    expect(whole).toMatchObject({ finishReason: 'tool-calls', usage: { inputTokens: 3, outputTokens: 4 } });
    expect(server.billed).toEqual({ input: 6, output: 8 });
  });

  it.each(['chat', 'stream'] as const)('cuts off what a model says and what it calls: %s', async (kind) => {
    await using server = await startTestServer({
      answers: [
        { toolCalls: [{ name: 'add', arguments: { a: 1 } }], faults: [{ type: 'broken_arguments' }] },
        { text, faults: [{ type: 'token_limit' }] },
      ],
    });
    const client = createLLMClient({ model: 'm', baseURL: server.url });
    const ask = () => (kind === 'chat' ? client.chat({ messages }) : client.stream({ messages }).result());
    expect((await ask()).toolCalls).toEqual([{ id: 'call_1', name: 'add', arguments: '{"a' }]);
    expect(await ask()).toMatchObject({ finishReason: 'length', text });
  });

  it('keeps a ledger of what it received and how it answered', async () => {
    await using server = await startTestServer({
      answers: [
        { faults: [{ type: 'cut', afterBytes: 10, by: 'reset' }] },
        { faults: [{ type: 'status', status: 500 }] },
        { text },
      ],
    });
    const client = createLLMClient({
      model: 'm',
      baseURL: server.url,
      apiKey: 'k',
      retry: { baseDelayMs: 1 },
    });
    await client.chat({ messages });
    expect(server.requests).toMatchObject([
      {
        number: 1,
        status: 200,
        faults: ['cut'],
        outcome: 'cut',
        billed: {},
        headers: { authorization: 'Bearer k' },
      },
      { number: 2, status: 500, faults: ['status'], outcome: 'sent', body: { messages } },
      { number: 3, status: 200, faults: [], outcome: 'sent', text, path: '/v1/chat/completions' },
    ]);
    expect(server.requests[1]).not.toHaveProperty('billed');
    const left = server.requests.map(({ atMs }) => atMs);
    expect(left).toEqual(left.toSorted((a, b) => a - b));
  });

  it('notes who left, refuses connections and accepts them again', async () => {
    await using server = await startTestServer({ answers: [{ faults: [{ type: 'hang' }] }, { text }] });
    const client = createLLMClient({ model: 'm', baseURL: server.url, retry: false });
    await expect(client.chat({ messages, timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
    await expect.poll(() => server.requests[0]?.outcome).toBe('aborted');
    await server.refuse();
    await expect(client.chat({ messages })).rejects.toThrow(/ECONNREFUSED/);
    await server.accept();
    expect((await client.chat({ messages })).text).toBe(text);
    expect(server.requests).toHaveLength(2);
  });

  it('answers nothing else, and nonsense is its caller’s error', async () => {
    await using server = await startTestServer();
    expect((await fetch(`${server.url}/models`)).status).toBe(404);
    const odd = await fetch(`${server.url}/chat/completions`, { method: 'POST', body: 'no JSON' });
    expect([odd.status, server.requests[1]?.body]).toEqual([200, 'no JSON']);
    await expect(startTestServer({ answers: [] })).rejects.toThrow(RangeError);
    const impossible: Fault[] = [
      { type: 'tiny_chunks', bytes: 0 },
      { type: 'status', status: 9_999 },
    ];
    for (const fault of impossible) {
      await using broken = await startTestServer({ answers: [{ faults: [fault] }] });
      const client = createLLMClient({ model: 'm', baseURL: broken.url });
      await expect(client.chat({ messages })).rejects.toThrow(/test server cannot answer/);
      expect(broken.requests).toHaveLength(1);
    }
  });
});

describe('a storm', () => {
  const request = (body: unknown) => ({ body }) as ReceivedRequest;

  it('has the same fate for the same request, whatever comes between', () => {
    const [one, two] = [createStorm({ seed: 5 }), createStorm({ seed: 5 })];
    const fates = Array.from({ length: 50 }, () => one(request('a')));
    for (const fate of fates) {
      two(request('b'));
      expect(two(request('a'))).toEqual(fate);
    }
    expect(Array.from({ length: 50 }, () => createStorm({ seed: 6 })(request('a')))).not.toEqual(fates);
  });

  it('is as bad as it is asked to be', () => {
    const count = (faultRate: number) => {
      const storm = createStorm({ faultRate, faults: [() => ({ type: 'reset' })] });
      return Array.from({ length: 1_000 }, () => storm(request('a'))).filter(({ faults }) => faults).length;
    };
    expect([count(0), count(1)]).toEqual([0, 1_000]);
    expect(count(0.3)).toBeGreaterThan(230);
    expect(count(0.3)).toBeLessThan(370);
    for (const faultRate of [-1, 2, Number.NaN]) expect(() => createStorm({ faultRate })).toThrow(RangeError);
    expect(() => createStorm({ faults: [] })).toThrow(RangeError);
  });
});
