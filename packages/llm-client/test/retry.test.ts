import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  AttemptTimeoutError,
  CallTimeoutError,
  type Gate,
  ProviderError,
  type StreamPart,
  TruncatedReplyError,
} from '../src/index.ts';
import { hello, recordedClient, serve, sse, textChunk } from './support.ts';

const messages = [...hello];
/** Fast, and as patient as the defaults. */
const retry = { baseDelayMs: 1, maxDelayMs: 2 };

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const ok: Answer = (response) => {
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({
      model: 'm-1',
      choices: [{ message: { content: 'ok' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 10, completion_tokens: 2 },
    }),
  );
};
const fail =
  (status: number, headers: Record<string, string> = {}, error: object = { message: 'no' }): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error }));
  };
const stream =
  (...chunks: object[]): Answer =>
  (response) => {
    response.setHeader('content-type', 'text/event-stream');
    response.end(sse(...chunks));
  };
const never: Answer = () => {};

/** A server that gives one answer after the other, the last one for ever. */
async function script(...answers: Answer[]) {
  const requests: IncomingMessage[] = [];
  const server = await serve((request, response) => {
    request.resume();
    requests.push(request);
    answers[Math.min(requests.length, answers.length) - 1]?.(response, request);
  });
  return { ...server, url: server.url, requests };
}

const attemptsOf = (events: { type: string }[]) =>
  events.filter(({ type }) => type.startsWith('attempt.')).map((event) => event as Record<string, unknown>);

describe('an attempt that failed', () => {
  it('is repeated, and every one of them is on record', async () => {
    await using server = await script(fail(429, { 'retry-after-ms': '30' }), fail(503), ok);
    const { client, events } = recordedClient(server.url, { retry });
    const result = await client.chat({ messages });
    expect(result).toMatchObject({ text: 'ok', attempts: 3 });
    expect(attemptsOf(events)).toMatchObject([
      { type: 'attempt.start', number: 1 },
      { type: 'attempt.end', number: 1, status: 'error', http_status: 429, retry_after_ms: 30 },
      { type: 'attempt.start', number: 2, waited_ms: 30 },
      { type: 'attempt.end', number: 2, status: 'error', http_status: 503 },
      { type: 'attempt.start', number: 3 },
      { type: 'attempt.end', number: 3, status: 'ok', http_status: 200 },
    ]);
    expect(events.filter(({ type }) => type === 'call.end')).toMatchObject([{ status: 'ok' }]);
    expect(server.requests).toHaveLength(3);
  });

  it.each<[string, Answer, number]>([
    ['is the request’s own fault', fail(400), 1],
    ['is not to be repeated, as the provider says', fail(500, { 'x-should-retry': 'false' }), 1],
    ['is to be repeated, as the provider says', fail(400, { 'x-should-retry': 'true' }), 3],
    ['is an empty account', fail(429, {}, { message: 'pay', code: 'insufficient_quota' }), 1],
    ['is a conflict', fail(409), 3],
    ['asks for more patience than there is', fail(429, { 'retry-after': '3600' }), 1],
  ])('that %s', async (_what, answer, requests) => {
    await using server = await script(answer);
    const { client } = recordedClient(server.url, { retry });
    await expect(client.chat({ messages })).rejects.toBeInstanceOf(ProviderError);
    expect(server.requests).toHaveLength(requests);
  });

  it('for want of an answer has a time limit of its own', async () => {
    await using server = await script(never, ok);
    const { client, events } = recordedClient(server.url, { retry, attemptTimeoutMs: 50 });
    expect((await client.chat({ messages })).text).toBe('ok');
    expect(attemptsOf(events)[1]).toMatchObject({
      status: 'timeout',
      error: { type: 'AttemptTimeoutError' },
    });
    await using slow = await script(never);
    const last = recordedClient(slow.url, { retry, attemptTimeoutMs: 20 });
    await expect(last.client.chat({ messages })).rejects.toBeInstanceOf(AttemptTimeoutError);
    // On a busy machine an attempt may be over before its request is out.
    expect(attemptsOf(last.events).filter(({ type }) => type === 'attempt.end')).toHaveLength(3);
  });

  it('does not outlive the call: a wait that is longer than what is left is not begun, an abort ends it', async () => {
    await using server = await script(fail(429, { 'retry-after': '5' }));
    const { client, events } = recordedClient(server.url, { retry });
    await expect(client.chat({ messages, timeoutMs: 1_000 })).rejects.toBeInstanceOf(ProviderError);
    const controller = new AbortController();
    const call = client.chat({ messages, signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 30);
    await expect(call).rejects.toThrow('enough');
    expect(events.at(-1)).toMatchObject({ type: 'call.end', status: 'aborted' });
    await using silent = await script(never);
    const impatient = recordedClient(silent.url, { retry });
    await expect(impatient.client.chat({ messages, timeoutMs: 50 })).rejects.toBeInstanceOf(CallTimeoutError);
    expect(silent.requests).toHaveLength(1);
  });
});

describe('a stream', () => {
  const whole = stream(textChunk('a'), textChunk('b', 'stop'));

  it('is tried again before its first visible chunk', async () => {
    await using server = await script(fail(500), stream({ id: 'c', choices: [] }), whole);
    const { client, events } = recordedClient(server.url, { retry });
    const result = await client.stream({ messages }).result();
    expect(result).toMatchObject({ text: 'ab', attempts: 3 });
    expect(attemptsOf(events).map(({ status }) => status)).toEqual([
      undefined,
      'error',
      undefined,
      'truncated',
      undefined,
      'ok',
    ]);
  });

  it('is not tried again after it, unless asked; then it says that it begins anew', async () => {
    await using server = await script(stream(textChunk('half')), whole, stream(textChunk('half')), whole);
    const once = recordedClient(server.url, { retry });
    await expect(once.client.stream({ messages }).result()).rejects.toBeInstanceOf(TruncatedReplyError);
    expect(server.requests).toHaveLength(1);
    await using other = await script(stream(textChunk('half')), whole);
    const { client } = recordedClient(other.url, { retry: { ...retry, afterFirstChunk: true } });
    const parts: StreamPart[] = [];
    const reply = client.stream({ messages });
    for await (const part of reply) parts.push(part);
    expect(parts.map((part) => ('text' in part ? part.text : part.type))).toEqual([
      'half',
      'restart',
      'a',
      'b',
      'usage',
      'finish',
    ]);
    expect((await reply.result()).text).toBe('ab');
  });

  it('that nobody reads is tried again all the same, and ends once', async () => {
    await using server = await script(fail(500), fail(500), fail(500));
    const { client, events } = recordedClient(server.url, { retry });
    const reply = client.stream({ messages });
    await expect.poll(() => events.at(-1)?.type).toBe('call.end');
    await expect(reply.result()).rejects.toBeInstanceOf(ProviderError);
    expect(server.requests).toHaveLength(3);
    expect(events.filter(({ type }) => type === 'call.end')).toHaveLength(1);
  });
});

describe('another model', () => {
  it('is asked when the first cannot, with its own key and nobody else’s', async () => {
    await using first = await script(fail(429, { 'retry-after': '3600' }));
    await using second = await script(ok);
    const { client, events } = recordedClient(first.url, {
      apiKey: 'key-one',
      retry,
      fallbacks: [{ model: 'big', baseURL: second.url, provider: 'second', apiKey: 'key-two' }],
    });
    const result = await client.chat({ messages });
    expect(result).toMatchObject({ text: 'ok', attempts: 2 });
    expect(attemptsOf(events).filter(({ type }) => type === 'attempt.start')).toMatchObject([
      { provider: 'custom', model: 'm' },
      { provider: 'second', model: 'big' },
    ]);
    expect(first.requests[0]?.headers.authorization).toBe('Bearer key-one');
    expect(second.requests[0]?.headers.authorization).toBe('Bearer key-two');
  });

  it('is asked after the failures it is for, and no others', async () => {
    const tooLong = fail(400, {}, { message: 'prompt is too long: 9 tokens > 8 maximum' });
    await using first = await script(tooLong, fail(401));
    await using second = await script(ok);
    const { client } = recordedClient(first.url, {
      retry: false,
      fallbacks: [
        { model: 'a', baseURL: second.url, on: ['rate_limit'] },
        { model: 'b', baseURL: second.url },
      ],
    });
    expect((await client.chat({ messages })).text).toBe('ok');
    await expect(client.chat({ messages })).rejects.toMatchObject({ code: 'authentication' });
    expect(second.requests).toHaveLength(1);
  });
});

describe('several deployments of a model', () => {
  it('take turns, and one that fails is left alone for a while', async () => {
    await using limited = await script(fail(429, { 'retry-after': '30' }));
    await using free = await script(ok);
    const { client } = recordedClient(limited.url, {
      retry,
      deployments: [
        { baseURL: limited.url, apiKey: 'one' },
        { baseURL: free.url, apiKey: 'two' },
      ],
    });
    const results = [];
    for (let i = 0; i < 6; i++) results.push(await client.chat({ messages }));
    expect(results.map(({ attempts }) => attempts)).toEqual([2, 1, 1, 1, 1, 1]);
    expect(limited.requests).toHaveLength(1);
    expect(free.requests).toHaveLength(6);
  });

  it('share the calls while all are well', async () => {
    await using one = await script(ok);
    await using two = await script(ok);
    const deployments = [{ baseURL: one.url }, { baseURL: two.url }];
    const { client } = recordedClient(one.url, { deployments });
    for (let i = 0; i < 6; i++) await client.chat({ messages });
    expect([one.requests.length, two.requests.length]).toEqual([3, 3]);
  });
});

describe('a gate', () => {
  it('is passed before every attempt and told once how it went', async () => {
    await using server = await script(fail(500), ok);
    const seen: string[] = [];
    const gate = (name: string): Gate => ({
      enter({ number }) {
        seen.push(`${name} in ${number}`);
        return { leave: ({ status, usage }) => seen.push(`${name} out ${status} ${usage.output_tokens}`) };
      },
    });
    const { client } = recordedClient(server.url, { retry, gates: [gate('a'), gate('b')] });
    await client.chat({ messages });
    expect(seen).toEqual([
      'a in 1',
      'b in 1',
      'b out error undefined',
      'a out error undefined',
      'a in 2',
      'b in 2',
      'b out ok 2',
      'a out ok 2',
    ]);
  });

  it('that refuses ends the call without a request', async () => {
    await using server = await script(ok);
    const left: string[] = [];
    const open: Gate = { enter: () => ({ leave: ({ status }) => left.push(status) }) };
    const shut: Gate = {
      enter() {
        throw new Error('no more money');
      },
    };
    const { client, types } = recordedClient(server.url, { retry, gates: [open, shut] });
    await expect(client.chat({ messages })).rejects.toThrow('no more money');
    await expect(client.stream({ messages }).result()).rejects.toThrow('no more money');
    expect(types()).toEqual(['call.start', 'call.end', 'call.start', 'call.end']);
    expect(left).toEqual(['error', 'error']);
    expect(server.requests).toHaveLength(0);
  });
});
