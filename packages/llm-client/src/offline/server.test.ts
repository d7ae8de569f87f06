import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import OpenAI, { AuthenticationError, BadRequestError, NotFoundError } from 'openai';
import { expect, test } from 'vitest';
import { OfflineServerError, type OfflineServerOptions, startOfflineServer } from '../offline.ts';

async function start(options: OfflineServerOptions = {}) {
  const server = await startOfflineServer(options);
  const client = new OpenAI({ baseURL: server.url, apiKey: options.apiKey ?? 'none', maxRetries: 0 });
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { server, client, post, [Symbol.asyncDispose]: () => server.close() };
}

const messages = [{ role: 'user' as const, content: 'How can we make a city quieter?' }];
const chat = { model: 'stand-in-1', messages };

test('says plainly what it is', async () => {
  await using it = await start();
  const root = await fetch(it.server.url.replace('/v1', '/'));
  expect(root.headers.get('x-pd-offline')).toBe('1');
  expect(await root.json()).toMatchObject({ name: 'ProjectDeux offline stand-in' });
  const models = await it.client.models.list();
  expect(models.data).toMatchObject([{ id: 'stand-in-1', owned_by: 'projectdeux-offline' }]);
  const completion = await it.client.chat.completions.create(chat);
  expect(completion).toMatchObject({ object: 'chat.completion', system_fingerprint: 'pd-offline' });
});

test('the same request to the same seed is answered the same, on any server', async () => {
  await using first = await start({ seed: 7, now: () => 1_000_500 });
  await using second = await start({ seed: 7, now: () => 1_000_500 });
  await using other = await start({ seed: 8, now: () => 1_000_500 });
  const reply = await first.client.chat.completions.create(chat);
  expect(await second.client.chat.completions.create(chat)).toEqual(reply);
  expect(await first.client.chat.completions.create(chat)).toEqual(reply);
  expect(reply.created).toBe(1000);
  const different = await other.client.chat.completions.create(chat);
  expect(different.id).not.toBe(reply.id);
  expect(different.choices[0]?.message.content).not.toBe(reply.choices[0]?.message.content);
});

test('a stream carries the same text, a role first and a finish reason last', async () => {
  await using it = await start();
  const whole = await it.client.chat.completions.create(chat);
  const chunks = [];
  for await (const chunk of await it.client.chat.completions.create({ ...chat, stream: true }))
    chunks.push(chunk);
  const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
  expect(text).toBe(whole.choices[0]?.message.content);
  expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant');
  expect(chunks.map((chunk) => chunk.choices[0]?.finish_reason)).toEqual([
    ...chunks.slice(1).map(() => null),
    'stop',
  ]);
  expect(new Set(chunks.map((chunk) => chunk.id)).size).toBe(1);
  expect(chunks.every((chunk) => !('usage' in chunk))).toBe(true);
});

test('usage comes in a chunk of its own, only when asked for, and [DONE] after it', async () => {
  await using it = await start();
  const response = await it.post({ ...chat, stream: true, stream_options: { include_usage: true } });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const events = (await response.text()).split('\n\n').slice(0, -1);
  expect(events.pop()).toBe('data: [DONE]');
  const chunks = events.map((event) => JSON.parse(event.replace(/^data: /, '')));
  const last = chunks.pop();
  const { usage } = await it.client.chat.completions.create(chat);
  expect(last).toMatchObject({ choices: [], usage });
  expect(chunks.every((chunk) => chunk.usage === null && chunk.choices.length === 1)).toBe(true);
});

test('usage is a quarter of the characters, rounded up', async () => {
  await using it = await start();
  const { choices, usage } = await it.client.chat.completions.create(chat);
  const completion = Math.ceil((choices[0]?.message.content ?? '').length / 4);
  expect(usage).toEqual({ prompt_tokens: 8, completion_tokens: completion, total_tokens: 8 + completion });
});

test('max_tokens and stop end a reply, streamed or not', async () => {
  await using it = await start();
  const full = (await it.client.chat.completions.create(chat)).choices[0]?.message.content ?? '';
  const short = await it.client.chat.completions.create({ ...chat, max_tokens: 5 });
  expect(short.choices[0]).toMatchObject({
    finish_reason: 'length',
    message: { content: full.slice(0, 20) },
  });
  expect(short.usage?.completion_tokens).toBe(5);
  const newer = await it.client.chat.completions.create({ ...chat, max_completion_tokens: 5 });
  expect(newer.choices).toEqual(short.choices);
  const stopped = await it.client.chat.completions.create({ ...chat, stop: ['nowhere', '. '] });
  expect(stopped.choices[0]).toMatchObject({
    finish_reason: 'stop',
    message: { content: full.slice(0, full.indexOf('. ')) },
  });
  let last: string | null | undefined;
  for await (const chunk of await it.client.chat.completions.create({ ...chat, max_tokens: 5, stream: true }))
    last = chunk.choices[0]?.finish_reason;
  expect(last).toBe('length');
});

test('n gives several different choices', async () => {
  await using it = await start();
  const { choices } = await it.client.chat.completions.create({ ...chat, n: 3 });
  expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
  expect(new Set(choices.map(({ message }) => message.content)).size).toBe(3);
});

test('the SDK knows the errors by their types', async () => {
  await using it = await start({ apiKey: 'right' });
  const stranger = new OpenAI({ baseURL: it.server.url, apiKey: 'wrong', maxRetries: 0 });
  await expect(stranger.chat.completions.create(chat)).rejects.toBeInstanceOf(AuthenticationError);
  await expect(it.client.chat.completions.create({ ...chat, model: 'gpt-9' })).rejects.toBeInstanceOf(
    NotFoundError,
  );
  await expect(it.client.models.retrieve('gpt-9')).rejects.toBeInstanceOf(NotFoundError);
  await expect(it.client.chat.completions.create({ ...chat, messages: [] })).rejects.toBeInstanceOf(
    BadRequestError,
  );
  expect((await it.client.models.retrieve('stand-in-anything')).id).toBe('stand-in-anything');
});

test.each([
  ['{', null],
  ['[]', null],
  [{ model: 'stand-in-1' }, 'messages'],
  [{ messages }, 'model'],
  [{ ...chat, messages: 'hello' }, 'messages'],
  [{ ...chat, messages: [{ role: 'user', content: 'a' }, { role: 'user' }] }, 'messages[1].content'],
  [{ ...chat, messages: [{ role: 'king', content: 'a' }] }, 'messages[0].role'],
  [
    { ...chat, messages: [{ role: 'user', content: [{ type: 'text', text: 1 }] }] },
    'messages[0].content[0].text',
  ],
  [{ ...chat, stream: 'yes' }, 'stream'],
  [{ ...chat, stream_options: {} }, 'stream_options'],
  [{ ...chat, n: 0 }, 'n'],
  [{ ...chat, max_tokens: 1.5 }, 'max_tokens'],
  [{ ...chat, stop: [1] }, 'stop'],
  [{ ...chat, response_format: { type: 'json_schema' } }, 'response_format'],
])('answers the broken request %j with a 400 about %s', async (body, param) => {
  await using it = await start();
  const response = await it.post(body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    error: { type: 'invalid_request_error', param, message: expect.any(String) },
  });
});

test('answers wrong paths, methods and hosts', async () => {
  await using it = await start();
  expect((await fetch(`${it.server.url}/images`, { method: 'POST' })).status).toBe(404);
  const wrongMethod = await fetch(`${it.server.url}/chat/completions`);
  expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'POST']);
  const status = await new Promise((resolve) => {
    const options = { port: it.server.port, host: '127.0.0.1', headers: { host: 'evil.example' } };
    httpRequest(options, (response) => resolve(response.resume().statusCode)).end();
  });
  expect(status).toBe(403);
});

test('refuses a body over 32 MB', async () => {
  await using it = await start();
  const response = await it.post('x'.repeat(33 * 1024 * 1024));
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ error: { code: 'request_too_large' } });
});

test('a client that leaves in the middle stops the drip', async () => {
  await using it = await start({ chunkDelayMs: 5 });
  const stream = await it.client.chat.completions.create({ ...chat, stream: true });
  for await (const _ of stream) break;
  await expect.poll(() => it.server.totals.aborted).toBe(1);
  expect(it.server.requests).toMatchObject([{ status: 200, stream: true, outcome: 'aborted' }]);
});

test('close() cuts running streams and idle or half-open sockets, and may be called twice', async () => {
  const it = await start({ chunkDelayMs: 60_000 });
  const stream = await it.client.chat.completions.create({ ...chat, stream: true });
  const idle = connect(it.server.port, '127.0.0.1');
  await new Promise((resolve) => idle.once('connect', resolve));
  idle.on('error', () => {});
  idle.write('POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n{');
  const reading = (async () => {
    for await (const _ of stream);
  })();
  const failed = expect(reading).rejects.toThrow();
  await Promise.all([it.server.close(), it.server.close()]);
  await failed;
});

test('keeps connections alive, and a ledger of what it served', async () => {
  const seen: string[] = [];
  await using it = await start({ onRequest: ({ id }) => seen.push(id) });
  await it.client.chat.completions.create(chat);
  const raw = await it.post(chat);
  expect(raw.headers.get('connection')).toBe('keep-alive');
  expect(Number(raw.headers.get('content-length'))).toBe((await raw.arrayBuffer()).byteLength);
  await it.post('{');
  expect(it.server.requests).toMatchObject([
    { id: 'req-offline-1', route: 'POST /v1/chat/completions', model: 'stand-in-1', status: 200 },
    { id: 'req-offline-2', usage: { prompt_tokens: 8 } },
    { id: 'req-offline-3', model: undefined, status: 400 },
  ]);
  expect(it.server.totals).toMatchObject({ requests: 3, errors: 1, promptTokens: 16 });
  expect(seen).toEqual(['req-offline-1', 'req-offline-2', 'req-offline-3']);
});

test('refuses options that make no sense and a port that is taken', async () => {
  await using it = await start();
  const taken = startOfflineServer({ port: it.server.port });
  await expect(taken).rejects.toMatchObject({ code: 'listen_failed', cause: { code: 'EADDRINUSE' } });
  const error = await startOfflineServer({ chunkDelayMs: -1 }).catch((reason: unknown) => reason);
  expect(OfflineServerError.isInstance(error) && error.code).toBe('invalid_option');
});
