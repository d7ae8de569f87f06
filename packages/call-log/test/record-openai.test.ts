import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { withAgent } from '../src/identity/context.ts';
import { recordOpenAI } from '../src/openai.ts';
import type { CallEnd, CallStart, LogEvent } from '../src/schema/logger-events.ts';
import { only } from './helpers.ts';
import {
  type Answer,
  chunk,
  completion,
  events,
  json,
  reset,
  response,
  silence,
  startTestServer,
  stop,
  type TestServer,
  tooMany,
  words,
} from './openai-server.ts';

const ask = { model: 'm', messages: [{ role: 'user' as const, content: 'Hello?' }] };

let server: TestServer;
let log: LogEvent[];
let original: OpenAI;
let client: OpenAI;

beforeEach(async () => {
  server = await startTestServer(json(completion()));
  log = [];
  original = new OpenAI({ apiKey: 'k', baseURL: server.url, logLevel: 'off' });
  client = recordOpenAI(original, { logger: (event) => event.type !== 'call.progress' && log.push(event) });
});
afterEach(() => server[Symbol.asyncDispose]());

const starts = () => log.filter((event) => event.type === 'call.start');
const ends = () => log.filter((event) => event.type === 'call.end');
const start = (): CallStart => only(starts());
const end = (): CallEnd => only(ends());
const attempts = () => log.filter((event) => event.type === 'attempt.end');
const types = () => log.map(({ type }) => type);
const oneAttempt = ['call.start', 'attempt.start', 'attempt.end', 'call.end'];

async function contents(stream: AsyncIterable<OpenAI.ChatCompletionChunk>): Promise<string> {
  let text = '';
  for await (const part of stream) text += part.choices[0]?.delta.content ?? '';
  return text;
}

describe('a client that is recorded', () => {
  it('is a client of its own, and the original records nothing', async () => {
    expect(client).toBeInstanceOf(OpenAI);
    expect(client).not.toBe(original);
    expect(client.baseURL).toBe(original.baseURL);
    expect(client.maxRetries).toBe(original.maxRetries);
    expect(Object.keys(client).sort()).toEqual(Object.keys(original).sort());
    await original.chat.completions.create(ask);
    await original.withOptions({ maxRetries: 1 }).chat.completions.create(ask);
    expect(log).toEqual([]);
  });

  it('records what withOptions() derives from it, and is recorded once however often it is wrapped', async () => {
    const derived = client.withOptions({ timeout: 1234 }).withOptions({ maxRetries: 0 });
    expect(derived.timeout).toBe(1234);
    await derived.chat.completions.create(ask);
    expect(types()).toEqual(oneAttempt);
    log.length = 0;
    const again: LogEvent[] = [];
    await recordOpenAI(client, { logger: (event) => again.push(event) }).chat.completions.create(ask);
    expect(log).toEqual([]);
    expect(again.map(({ type }) => type)).toEqual(oneAttempt);
  });

  it('uses the key that was set last', async () => {
    original.apiKey = 'second';
    const keys: (string | undefined)[] = [];
    server.answer((res, req) => {
      keys.push(req.headers.authorization);
      return json(completion())(res, req);
    });
    await recordOpenAI(original, { logger: () => {} }).chat.completions.create(ask);
    expect(keys).toEqual(['Bearer second']);
  });

  it('goes on when the logger throws', async () => {
    const deaf = recordOpenAI(original, {
      logger: () => {
        throw new Error('full');
      },
    });
    expect((await deaf.chat.completions.create(ask)).choices[0]?.message.content).toBe('Bonjour.');
    server.answer(events([...words('a', 'b'), stop]));
    expect(await contents(await deaf.chat.completions.create({ ...ask, stream: true }))).toBe('ab');
  });

  it('is refused when it is no client of the SDK', () => {
    const wrong = { baseURL: '', post: () => {}, withOptions: () => {} };
    expect(() => recordOpenAI(wrong, { logger: () => {} })).toThrow(/version 7.*fetch, makeRequest/);
  });

  it('asks for other things unrecorded, also within a call', async () => {
    server.answer(json({ object: 'list', data: [] }), json(completion()));
    const nested: OpenAI = recordOpenAI(
      new OpenAI({
        baseURL: server.url,
        logLevel: 'off',
        apiKey: async () => {
          if (server.requests.length === 0) await bare.models.list();
          return 'k';
        },
      }),
      { logger: (event) => event.type !== 'call.progress' && log.push(event) },
    );
    const bare = nested.withOptions({ apiKey: 'plain' });
    await nested.chat.completions.create(ask);
    expect(types()).toEqual(oneAttempt);
    expect(server.requests).toHaveLength(2);
  });
});

describe('a chat completion', () => {
  it('is on record before it is sent and before the caller has it', async () => {
    server.answer((res, req) => {
      expect(types()).toEqual(['call.start', 'attempt.start']);
      return json(completion())(res, req);
    });
    const metadata = { team: 'a' };
    const own = recordOpenAI(client, {
      logger: (event) => event.type !== 'call.progress' && log.push(event),
      provider: 'acme',
      agent: { id: 'ann' },
      metadata,
    });
    let known = 0;
    const reply = await own.chat.completions.create({ ...ask, temperature: 0, tools: [] }).then((value) => {
      known = ends().length;
      return value;
    });
    expect(known).toBe(1);
    expect(start()).toMatchObject({
      operation: 'chat',
      provider: 'acme',
      agent: { id: 'ann' },
      agent_source: 'binding',
      metadata,
      ...ask,
      tools: [],
      parameters: { temperature: 0 },
    });
    expect(reply._request_id).toBeNull();
    expect(types()).toEqual(oneAttempt);
    expect(end()).toMatchObject({
      status: 'ok',
      reply: { id: 'chatcmpl-1', model: 'served-1', message: { content: 'Bonjour.' }, finish_reason: 'stop' },
      usage: { input_tokens: 7, output_tokens: 3, source: 'provider' },
    });
    expect(attempts()[0]).toMatchObject({ status: 'ok', http_status: 200, number: 1, model: 'served-1' });
  });

  it('shows each retry as an attempt of one call', async () => {
    server.answer(tooMany(), tooMany({ 'retry-after': '0.02' }), json(completion()));
    await client.chat.completions.create(ask);
    expect(starts()).toHaveLength(1);
    expect(end().status).toBe('ok');
    expect(attempts()).toMatchObject([
      { number: 1, status: 'error', http_status: 429, retry_after_ms: 5, error: { status: 429 } },
      { number: 2, status: 'error', http_status: 429, retry_after_ms: 20 },
      { number: 3, status: 'ok', http_status: 200 },
    ]);
    const waits = log.flatMap((event) => (event.type === 'attempt.start' ? [event.waited_ms] : []));
    expect(waits[0]).toBeUndefined();
    expect(waits[1]).toBeGreaterThanOrEqual(4);
    expect(waits[2]).toBeGreaterThanOrEqual(18);
  });

  it('fails on record as it fails for the caller', async () => {
    server.answer(tooMany());
    const once = client.withOptions({ maxRetries: 0 });
    await expect(once.chat.completions.create(ask)).rejects.toBeInstanceOf(OpenAI.RateLimitError);
    expect(end()).toMatchObject({
      status: 'error',
      error: { type: 'RateLimitError', status: 429, code: 'rate_limit_exceeded', message: '429 slow down' },
    });
    log.length = 0;
    server.answer(reset);
    await expect(once.chat.completions.create(ask)).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
    expect(types()).toEqual(oneAttempt);
    expect(end()).toMatchObject({ status: 'error', error: { type: 'APIConnectionError' } });
    log.length = 0;
    server.answer((res) => void res.writeHead(200, { 'content-type': 'application/json' }).end('{"id":'));
    await expect(once.chat.completions.create(ask)).rejects.toBeInstanceOf(SyntaxError);
    expect(types()).toEqual(oneAttempt);
    expect(end()).toMatchObject({ status: 'error', error: { type: 'SyntaxError' } });
  });

  it('times out while it waits for headers and for the body, each try an attempt', async () => {
    const hasty = client.withOptions({ timeout: 60, maxRetries: 1 });
    server.answer(silence);
    await expect(hasty.chat.completions.create(ask)).rejects.toBeInstanceOf(OpenAI.APIConnectionTimeoutError);
    expect(attempts().map(({ status }) => status)).toEqual(['timeout', 'timeout']);
    expect(end()).toMatchObject({ status: 'timeout', error: { type: 'APIConnectionTimeoutError' } });
    log.length = 0;
    server.answer((res) => {
      res.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
    }, json(completion()));
    await hasty.chat.completions.create(ask);
    expect(attempts().map(({ status }) => status)).toEqual(['timeout', 'ok']);
    expect(end().status).toBe('ok');
  });

  it('is aborted with the reason of the caller, before it is sent or while it runs', async () => {
    const before = client.chat.completions.create(ask, { signal: AbortSignal.abort(new Error('no')) });
    await expect(before).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
    expect(types()).toEqual(['call.start', 'call.end']);
    expect(end()).toMatchObject({ status: 'aborted', error: { message: 'no' } });
    expect(server.requests).toEqual([]);
    log.length = 0;
    const controller = new AbortController();
    server.answer(() => controller.abort(new Error('enough')));
    const during = client.chat.completions.create(ask, { signal: controller.signal });
    await expect(during).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
    expect(types()).toEqual(oneAttempt);
    expect(end()).toMatchObject({ status: 'aborted', error: { message: 'enough' } });
  });

  it('keeps an unhandled rejection one', async () => {
    server.answer(json({}, 400));
    const seen: unknown[] = [];
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    onTestFinished(() => {
      process.removeAllListeners('unhandledRejection');
      for (const other of others) process.on('unhandledRejection', other);
    });
    const rejected = new Promise((resolve) => process.once('unhandledRejection', resolve));
    void client.chat.completions.create(ask);
    seen.push(await rejected);
    expect(seen[0]).toBeInstanceOf(OpenAI.BadRequestError);
    expect(end().status).toBe('error');
  });

  it('gives the response with it or instead of it', async () => {
    const { data, response: raw } = await client.chat.completions.create(ask).withResponse();
    expect(data.choices[0]?.message.content).toBe('Bonjour.');
    expect(raw.url).toBe(`${server.url}/chat/completions`);
    expect(types()).toEqual(oneAttempt);
    log.length = 0;
    const alone = await client.chat.completions.create(ask).asResponse();
    expect(types()).toEqual(['call.start', 'attempt.start']);
    expect(await alone.json()).toEqual(completion());
    expect(types()).toEqual(oneAttempt);
    expect(end().status).toBe('ok');
    log.length = 0;
    const left = await client.chat.completions.create(ask).asResponse();
    await left.body?.cancel();
    expect(end().status).toBe('aborted');
  });

  it('is parsed and run with tools, each request a call', async () => {
    server.answer(json(completion('{"a":1}')));
    const parsed = await client.chat.completions.parse({
      ...ask,
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema: {} } },
    });
    expect(parsed.choices[0]?.message.parsed).toEqual({ a: 1 });
    expect(types()).toEqual(oneAttempt);
    log.length = 0;
    const call = { id: 't1', type: 'function', function: { name: 'add', arguments: '{}' } };
    const message = { role: 'assistant', content: null, tool_calls: [call] };
    server.answer(
      json(completion('', { choices: [{ index: 0, message, finish_reason: 'tool_calls' }] })),
      json(completion('3')),
    );
    const runner = client.chat.completions.runTools({
      ...ask,
      tools: [
        {
          type: 'function',
          function: { name: 'add', description: '', parameters: {}, function: () => '3' },
        },
      ],
    });
    expect(await runner.finalContent()).toBe('3');
    expect(types()).toEqual([...oneAttempt, ...oneAttempt]);
    expect(ends()[0]?.reply).toMatchObject({ finish_reason: 'tool-calls', message: { tool_calls: [call] } });
  });
});

describe('a stream', () => {
  const streamed = { ...ask, stream: true as const };
  const usage = { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 };

  it('ends on record before the caller sees its end', async () => {
    server.answer(events([...words('Bon', 'jour'), stop, { choices: [], usage }]));
    const stream = await client.chat.completions.create(streamed);
    expect(await contents(stream)).toBe('Bonjour');
    expect(types()).toEqual(oneAttempt);
    expect(end()).toMatchObject({
      status: 'ok',
      reply: { message: { content: 'Bonjour' }, finish_reason: 'stop' },
      usage: { input_tokens: 7, output_tokens: 2, source: 'provider' },
      chunks: { ends: [3, 7] },
    });
    expect(end().time_to_first_chunk_ms).toBeGreaterThan(0);
    expect(server.requests[0]).toEqual(streamed);
  });

  it('is truncated when one of several answers never came', async () => {
    server.answer(events([...words('Bon'), stop]));
    await contents(await client.chat.completions.create({ ...streamed, n: 2 }));
    expect(end().status).toBe('truncated');
  });

  it('has no usage when none was asked for', async () => {
    server.answer(events([...words('a'), stop]));
    await contents(await client.chat.completions.create(streamed));
    expect(end().usage).toEqual({ source: 'none' });
  });

  it.each<[string, Answer, object]>([
    ['cut off', events(words('Bon'), 'end'), { status: 'truncated' }],
    ['said to be done too early', events(words('Bon'), 'done'), { status: 'truncated' }],
    ['of another kind', json({ no: 'events' }), { status: 'truncated' }],
  ])('that is %s is truncated, and ends for the caller as ever', async (_, answer, expected) => {
    server.answer(answer);
    await contents(await client.chat.completions.create(streamed));
    expect(types()).toEqual(oneAttempt);
    expect(end()).toMatchObject({ ...expected, reply: { partial: true } });
  });

  it.each<[string, Answer, object]>([
    ['whose connection fails', events(words('Bon'), 'reset'), { status: 'error' }],
    [
      'with an error in it',
      events([...words('Bon'), { error: { type: 'server_error', message: 'oh' } }]),
      { status: 'error', error: { type: 'server_error', message: 'oh' } },
    ],
    [
      'that is no JSON',
      (res) => void res.writeHead(200).end(`data: ${JSON.stringify(words('Bon')[0])}\n\ndata: {oops\n\n`),
      { status: 'error', error: { type: 'SyntaxError' } },
    ],
  ])('%s throws and is an error', async (_, answer, expected) => {
    server.answer(answer);
    const stream = await client.chat.completions.create(streamed);
    await expect(contents(stream)).rejects.toThrow();
    expect(types()).toEqual(oneAttempt);
    expect(end()).toMatchObject({ ...expected, reply: { partial: true, message: { content: 'Bon' } } });
  });

  it('that is left has on record what the caller was given, however much had come', async () => {
    server.answer(events([...words('a', 'b', 'c'), stop]));
    for await (const part of await client.chat.completions.create(streamed))
      if (part.choices[0]?.delta.content === 'b') break;
    expect(types()).toEqual(oneAttempt);
    expect(end()).toMatchObject({ status: 'aborted', reply: { partial: true, message: { content: 'ab' } } });
    log.length = 0;
    for await (const part of await client.chat.completions.create(streamed))
      if (part.choices[0]?.finish_reason === 'stop') break;
    expect(end()).toMatchObject({ status: 'ok', reply: { message: { content: 'abc' } } });
  });

  it('is aborted through its controller or the signal, read or not', async () => {
    server.answer(events(words('a'), 'hang'));
    const unread = await client.chat.completions.create(streamed);
    unread.controller.abort();
    expect(end().status).toBe('aborted');
    log.length = 0;
    const stream = await client.chat.completions.create(streamed);
    for await (const _ of stream) stream.controller.abort();
    expect(end()).toMatchObject({ status: 'aborted', reply: { message: { content: 'a' } } });
    log.length = 0;
    const controller = new AbortController();
    for await (const _ of await client.chat.completions.create(streamed, { signal: controller.signal }))
      controller.abort(new Error('enough'));
    expect(types()).toEqual(oneAttempt);
    expect(end()).toMatchObject({ status: 'aborted', error: { message: 'enough' } });
  });

  it('can be split, passed on as bytes, and taken raw', async () => {
    server.answer(events([...words('a', 'b'), stop]));
    const [left, right] = (await client.chat.completions.create(streamed)).tee();
    expect(await Promise.all([contents(left), contents(right)])).toEqual(['ab', 'ab']);
    const bytes = (await client.chat.completions.create(streamed)).toReadableStream();
    expect((await new Response(bytes as ReadableStream).text()).split('\n')).toHaveLength(4);
    const raw = await client.chat.completions.create(streamed).asResponse();
    expect(await raw.text()).toMatch(/\[DONE\]\n\n$/);
    const { data } = await client.chat.completions.create(streamed).withResponse();
    expect(await contents(data)).toBe('ab');
    expect(types()).toEqual([...oneAttempt, ...oneAttempt, ...oneAttempt, ...oneAttempt]);
    expect(ends().map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  it('of the helper is recorded once', async () => {
    server.answer(events([...words('a', 'b'), stop]));
    expect(await client.chat.completions.stream(ask).finalContent()).toBe('ab');
    expect(types()).toEqual(oneAttempt);
  });

  it('keeps its owner when another agent reads it', async () => {
    const owners: (string | undefined)[] = [];
    const { currentContext } = await import('../src/identity/context.ts');
    const own = recordOpenAI(original, {
      logger: ({ type }) => {
        if (type === 'call.start') owners.push(currentContext().agent?.id);
      },
    });
    server.answer(events([...words('a'), stop]));
    const stream = await withAgent({ id: 'ann' }, () => own.chat.completions.create(streamed));
    await withAgent({ id: 'bob' }, () => contents(stream));
    server.answer(json(completion()));
    const names = ['c', 'd', 'e', 'f'];
    await Promise.all(names.map((id) => withAgent({ id }, () => own.chat.completions.create(ask))));
    expect(owners).toEqual(['ann', ...names]);
  });

  it('of 10,000 chunks is read in linear time', async () => {
    const measure = async (count: number) => {
      server.answer(events([...Array.from({ length: count }, () => chunk({ content: 'word ' })), stop]));
      const began = performance.now();
      await contents(await client.chat.completions.create(streamed));
      return performance.now() - began;
    };
    await measure(1000);
    const small = await measure(2000);
    const large = await measure(20_000);
    expect(ends().map((event) => event.chunks?.ends.length)).toEqual([1000, 2000, 20_000]);
    expect(large).toBeLessThan(small * 40 + 500);
  });
});

describe('embeddings', () => {
  it('are recorded without their vectors', async () => {
    server.answer(
      json({
        object: 'list',
        model: 'e-1',
        data: [{ object: 'embedding', index: 0, embedding: [1, 2] }],
        usage: { prompt_tokens: 4, total_tokens: 4 },
      }),
    );
    const { data } = await client.embeddings.create({ model: 'e', input: ['a', 'b'] });
    expect(data[0]?.embedding).toEqual([1, 2]);
    expect(start()).toMatchObject({
      operation: 'embeddings',
      model: 'e',
      messages: [],
      parameters: { input: ['a', 'b'] },
    });
    expect(end()).toMatchObject({
      status: 'ok',
      reply: { model: 'e-1', embeddings: { count: 1, dimensions: 2 } },
      usage: { input_tokens: 4, source: 'provider' },
    });
  });
});

describe('a response', () => {
  const request = { model: 'm', instructions: 'Be brief.', input: 'Hello?', temperature: 0 };

  it('is recorded as a conversation', async () => {
    server.answer(json(response()));
    const reply = await client.responses.create(request);
    expect(reply.output_text).toBe('Bonjour.');
    expect(types()).toEqual(oneAttempt);
    expect(start()).toMatchObject({
      operation: 'responses',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello?' },
      ],
      parameters: { temperature: 0 },
    });
    expect(end()).toMatchObject({
      status: 'ok',
      reply: {
        id: 'resp_1',
        message: { role: 'assistant', content: 'Bonjour.' },
        output: response().output,
        finish_reason: 'stop',
        finish_reason_raw: 'completed',
      },
      usage: { input_tokens: 7, output_tokens: 3, cache_read_input_tokens: 2, reasoning_output_tokens: 1 },
    });
  });

  it('parsed, streamed, or of the beta is recorded once', async () => {
    server.answer(json(response()));
    await client.responses.parse(request);
    await client.beta.responses.create(request);
    const { output } = response();
    const item = { ...output[0], content: [] };
    const part = { type: 'output_text', text: '', annotations: [] };
    const place = { output_index: 0, content_index: 0, item_id: 'msg_1' };
    server.answer(
      events(
        [
          { type: 'response.created', response: response({ status: 'in_progress', output: [] }) },
          { type: 'response.output_item.added', ...place, item },
          { type: 'response.content_part.added', ...place, part },
          { type: 'response.output_text.delta', ...place, delta: 'Bonjour.' },
          { type: 'response.output_item.done', ...place, item: output[0] },
          { type: 'response.completed', response: response() },
        ],
        'end',
      ),
    );
    expect((await client.responses.stream(request).finalResponse()).output_text).toBe('Bonjour.');
    const seen: string[] = [];
    for await (const { type } of await client.responses.create({ ...request, stream: true })) {
      seen.push(type);
      expect(ends()).toHaveLength(type === 'response.completed' ? 4 : 3);
    }
    expect(seen.at(-1)).toBe('response.completed');
    expect(types()).toEqual([...oneAttempt, ...oneAttempt, ...oneAttempt, ...oneAttempt]);
    for (const { status, reply } of ends())
      expect({ status, reply }).toMatchObject({ status: 'ok', reply: { message: { content: 'Bonjour.' } } });
  });
});
