import { startTestServer, type TestAnswer } from '@pd/llm-client/testing';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createLLMClient, type LLMClientOptions } from '../src/index.ts';
import { hello } from './support.ts';

const messages = [...hello];
const failing: TestAnswer = { faults: [{ type: 'status', status: 503 }] };
const retry = { baseDelayMs: 1, maxDelayMs: 2 };
/** A server that is known to tell a repeated request from a new one. */
const providers = { custom: { capabilities: { idempotencyHeader: 'Idempotency-Key' } } };

const start = (answers: readonly TestAnswer[]) => startTestServer({ answers });

type Server = Awaited<ReturnType<typeof start>>;
const keysAt = (server: Server) => server.requests.map(({ headers }) => headers['idempotency-key']);
const clientOf = (server: Server, options: Partial<LLMClientOptions> = {}) =>
  createLLMClient({ model: 'm', baseURL: server.url, retry, ...options });

it('is the same for all attempts of a call, and another one for another call', async () => {
  await using server = await start([failing, failing, { text: 'a' }, failing, { text: 'b' }]);
  const client = clientOf(server, { providers });
  await client.chat({ messages });
  await client.stream({ messages }).result();
  const [first, second, third, fourth, fifth] = keysAt(server);
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect([second, third]).toEqual([first, first]);
  expect(fourth).toMatch(/^[0-9a-f-]{36}$/);
  expect(fourth).not.toBe(first);
  expect(fifth).toBe(fourth);
});

it('is not sent to a server that is not known to take one', async () => {
  await using server = await start([failing, { text: 'a' }]);
  await clientOf(server).chat({ messages });
  expect(keysAt(server)).toEqual([undefined, undefined]);
});

it('of the caller goes to every server, with another ending where something else is asked', async () => {
  await using server = await start([failing, { text: 'a' }]);
  await using down = await start([failing]);
  const client = clientOf(down, {
    retry: { ...retry, maxAttempts: 2 },
    fallbacks: [{ model: 'other', baseURL: server.url }],
  });
  await client.chat({ messages, idempotencyKey: 'job-42' });
  expect(keysAt(down)).toEqual(['job-42', 'job-42']);
  expect(keysAt(server)).toEqual(['job-42-2', 'job-42-2']);
  expect(JSON.stringify(server.requests[0]?.body)).not.toContain('job-42');
});

it('is another one for a repair', async () => {
  await using server = await start([{ text: 'no' }, { text: '{"x":1}' }]);
  const schema = z.object({ x: z.number() });
  const { ok } = await clientOf(server).generateObject({ messages, schema, idempotencyKey: 'k'.repeat(200) });
  expect(ok).toBe(true);
  expect(keysAt(server)).toEqual(['k'.repeat(200), `${'k'.repeat(200)}-repair-1`]);
});

it.each<[unknown]>([[''], ['two words'], ['line\nbreak'], ['ü'], ['k'.repeat(201)], [7], [null]])(
  'is refused when it is %j, before anything is sent',
  async (idempotencyKey) => {
    await using server = await start([{ text: 'a' }]);
    const events: string[] = [];
    const client = clientOf(server, { logger: ({ type }) => events.push(type) });
    const asked = client.chat({ messages, idempotencyKey: idempotencyKey as string });
    await expect(asked).rejects.toThrow(/idempotencyKey must be 1 to 200/);
    expect([events, server.requests]).toEqual([[], []]);
  },
);

it.each([[''], ['a b'], ['ü']])('a provider cannot have the header %j', (idempotencyHeader) => {
  const custom = { capabilities: { idempotencyHeader: idempotencyHeader as string } };
  expect(() => createLLMClient({ model: 'openai/x', providers: { custom } })).toThrow(/name of a header/);
});
