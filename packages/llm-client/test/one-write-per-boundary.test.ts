import type { LogEvent } from '@pd/call-log/schema';
import { expect, it } from 'vitest';
import { createLLMClient, type LLMClientOptions } from '../src/index.ts';
import { answers, hello, serve } from './support.ts';

const reply = {
  json: {
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  },
};

/** A client, and what its logger was given at once. */
function together(baseURL: string, options: Partial<LLMClientOptions> = {}) {
  const given: string[][] = [];
  const types = (events: readonly LogEvent[]) => void given.push(events.map(({ type }) => type));
  const logger = Object.assign((event: LogEvent) => types([event]), { batch: types });
  const retry = { maxAttempts: 2 };
  return {
    given,
    client: createLLMClient({ model: 'm', baseURL, logger, retry, random: () => 0, ...options }),
  };
}

it('gives the logger what happens together at once', async () => {
  const { handler } = answers({ status: 503, json: {} }, reply);
  await using server = await serve(handler);
  const { client, given } = together(server.url);
  const asked = client.chat({ messages: [...hello] });
  expect(given).toEqual([['call.start', 'attempt.start']]);
  await asked;
  expect(given.slice(1)).toEqual([['attempt.end'], ['attempt.start'], ['attempt.end', 'call.end']]);
});

it('has the beginning on record while a gate lets the call wait', async () => {
  const { handler } = answers(reply);
  await using server = await serve(handler);
  const open = Promise.withResolvers<void>();
  const gate = { enter: () => open.promise.then(() => ({ leave: () => {} })) };
  const { client, given } = together(server.url, { gates: [gate] });
  const asked = client.chat({ messages: [...hello] });
  expect(given).toEqual([['call.start']]);
  open.resolve();
  await asked;
  expect(given.slice(1)).toEqual([['attempt.start'], ['attempt.end', 'call.end']]);
});

it('tells of a call that was never sent', async () => {
  const { client, given } = together('http://127.0.0.1:9');
  const signal = AbortSignal.abort(new Error('no'));
  await expect(client.chat({ messages: [...hello], signal })).rejects.toThrow('no');
  await expect(client.stream({ messages: [...hello], signal }).result()).rejects.toThrow('no');
  expect(given).toEqual([
    ['call.start', 'call.end'],
    ['call.start', 'call.end'],
  ]);
});
