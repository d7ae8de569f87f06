import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallStart, LogEvent } from '@pd/call-log/schema';
import { logEventSchema } from '@pd/call-log/schema';
import { describe, expect, it } from 'vitest';
import { createLLMClient, type LLMClient, type LLMClientOptions } from '../src/index.ts';
import { answers, hello, recordedClient, serve, textChunk } from './support.ts';

const messages = [...hello];
const reply = {
  json: {
    id: 'c',
    model: 'm-1',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'hi' } }],
  },
};
const EVENTS = ['call.start', 'attempt.start', 'attempt.end', 'call.end'];

/** A client of a server that answers so many calls. */
async function client(
  logger: (event: LogEvent) => unknown,
  options: Partial<LLMClientOptions> = {},
  count = 20,
) {
  const server = await serve(answers(...Array.from({ length: count }, () => reply)).handler);
  const made = createLLMClient({ model: 'm', baseURL: server.url, retry: false, logger, ...options });
  return { chat: made.chat, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe('the documented events', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/llm-client.md'), 'utf8');
  const [section = ''] = page.split('## The logger function')[1]?.split('\n## ') ?? [];
  const examples = [...section.matchAll(/```json\n(.*?)```/gs)]
    .flatMap(([, block = '']) => block.trim().split('\n'))
    .map((line): LogEvent => JSON.parse(line));

  it.each(examples.map((example) => [example.type, example]))('%s is one', (_, example) => {
    expect(logEventSchema.parse(example)).toEqual(example);
  });

  it('are all there are', () => {
    const types = logEventSchema.options.map(({ shape }) => shape.type.value);
    expect([...new Set(examples.map(({ type }) => type))].toSorted()).toEqual(types.toSorted());
  });

  it('have every field', () => {
    for (const { shape } of logEventSchema.options) {
      const own = examples.filter(({ type }) => type === shape.type.value);
      const shown = new Set(own.flatMap((example) => Object.keys(example)));
      // Said in words: where an event may belong, and what is rare.
      const known = ['at', 'run_id', 'exact', 'mended', 'call_id'];
      expect(Object.keys(shape).filter((field) => !shown.has(field) && !known.includes(field))).toEqual([]);
    }
  });
});

it('what the client tells is what is documented', async () => {
  const { handler } = answers(
    reply,
    { status: 429, json: { error: { message: 'slow' } } },
    { sse: [textChunk('a'), textChunk('b', 'stop')] },
    { sse: [textChunk('a')] },
  );
  await using server = await serve(handler);
  const events: LogEvent[] = [];
  const asking = createLLMClient({
    model: 'm',
    baseURL: server.url,
    retry: { maxAttempts: 2, baseDelayMs: 1 },
    logger: (event) => events.push(event),
  });
  await asking.chat({ messages, metadata: { at: new Date() }, agent: { id: 'a', role: 'r' } });
  await asking.stream({ messages, tools: [], n: 1 }).result();
  await asking
    .stream({ messages })
    .result()
    .catch(() => {});
  await asking.embeddings({ input: 'x' }).catch(() => {});
  for (const event of events) logEventSchema.parse(event);
  expect(events.filter(({ type }) => type === 'call.end')).toMatchObject([
    { status: 'ok' },
    { status: 'ok' },
    { status: 'truncated' },
    { status: 'error' },
  ]);
});

describe('a logger that fails', () => {
  class Hostile {
    // Not even this can be made a text.
    [Symbol.toPrimitive]() {
      throw new Error('no text');
    }
  }
  // biome-ignore lint/suspicious/noThenProperty: promises of libraries are objects like this
  const thenable = { then: (_: unknown, reject: (reason: string) => void) => reject('thenable') };
  it.each<[string, (event: LogEvent) => unknown, unknown]>([
    [
      'throws',
      () => {
        throw new Error('sync');
      },
      new Error('sync'),
    ],
    [
      'throws nothing',
      () => {
        throw undefined;
      },
      undefined,
    ],
    [
      'throws what has no text',
      () => {
        throw new Hostile();
      },
      new Hostile(),
    ],
    [
      'rejects',
      async () => {
        throw new Error('async');
      },
      new Error('async'),
    ],
    ['rejects with nothing', () => Promise.reject(), undefined],
    ['rejects with a promise of its own kind', () => thenable, 'thenable'],
    [
      'returns what cannot be looked at',
      () => ({
        // biome-ignore lint/suspicious/noThenProperty: what a logger returns may be anything
        get then() {
          throw new Error('getter');
        },
      }),
      new Error('getter'),
    ],
  ])('%s', async (_, logger, thrown) => {
    const told: unknown[] = [];
    await using asking = await client(logger, { onLoggerError: (error) => told.push(error) });
    await expect(asking.chat({ messages })).resolves.toMatchObject({ text: 'hi' });
    await new Promise(setImmediate);
    expect(told).toEqual(Array(EVENTS.length).fill(thrown));
  });

  it('harms nothing when onLoggerError fails as well', async () => {
    const fail = () => {
      throw new Hostile();
    };
    for (const logger of [fail, async () => fail()]) {
      await using asking = await client(logger, { onLoggerError: fail });
      await expect(asking.chat({ messages })).resolves.toMatchObject({ text: 'hi' });
    }
    // An unhandled rejection would fail the run.
    await new Promise(setImmediate);
  });

  it('holds nothing up when its promise never settles', async () => {
    const types: string[] = [];
    await using asking = await client(({ type }) => {
      types.push(type);
      return new Promise(() => {});
    });
    await expect(asking.chat({ messages })).resolves.toMatchObject({ text: 'hi' });
    expect(types).toEqual(EVENTS);
  });
});

describe('a logger that makes calls itself', () => {
  it('is told of them, in whole', async () => {
    const events: LogEvent[] = [];
    const judged: Promise<unknown>[] = [];
    let self: LLMClient['chat'] | undefined;
    const ids = new Set<string>();
    const { handler } = answers(reply, reply);
    await using server = await serve(handler);
    self = recordedClient(server.url, {
      logger: async (event) => {
        events.push(event);
        if (event.type === 'call.start' && (event.metadata as { judge?: true }).judge) ids.add(event.call_id);
        if (event.type === 'call.end' && !ids.has(event.call_id))
          judged.push(self?.({ messages, metadata: { judge: true } }) ?? Promise.reject());
      },
    }).client.chat;
    await self({ messages });
    await Promise.all(judged);
    expect(events.map(({ type }) => type)).toEqual([...EVENTS, ...EVENTS]);
  });

  it('does not go on for ever', async () => {
    const told: unknown[] = [];
    const nested: Promise<unknown>[] = [];
    let starts = 0;
    let self: LLMClient['chat'] | undefined;
    await using asking = await client(
      (event) => {
        if (event.type !== 'call.start') return;
        starts++;
        nested.push(self?.({ messages }) ?? Promise.reject());
      },
      { onLoggerError: (error) => told.push(error) },
    );
    self = asking.chat;
    await expect(asking.chat({ messages })).resolves.toMatchObject({ text: 'hi' });
    await Promise.all(nested);
    expect(starts).toBe(10);
    expect(String(told)).toMatch(/RangeError: the logger makes calls without end: call\.start/);
  });
});

describe('metadata', () => {
  it('comes through untouched: the very values, nothing converted, nothing changed', async () => {
    const events: LogEvent[] = [];
    const at = new Date();
    const own = Object.freeze({
      nested: Object.freeze({ list: Object.freeze([1, { deep: 'x' }]) }),
      at,
      map: new Map([['k', 1n]]),
      run: () => 1,
      nothing: undefined,
      agent_id: 'ann',
    });
    const before = Object.entries(own);
    await using asking = await client((event) => events.push(event), {
      metadata: Object.freeze({ shared: own.nested }),
    });
    await asking.chat({ messages, metadata: own });
    const { metadata } = events[0] as CallStart & { metadata: Record<string, unknown> };
    for (const [key, value] of before) expect(metadata[key]).toBe(value);
    expect(metadata.shared).toBe(own.nested);
    expect(Object.keys(metadata)).toEqual(['shared', ...Object.keys(own)]);
    expect(Object.entries(own)).toEqual(before);
  });

  it('is never sent', async () => {
    const { handler, requests } = answers(reply);
    await using server = await serve(handler);
    await recordedClient(server.url, { metadata: { secret: 1 } }).client.chat({
      messages,
      metadata: { own: 2 },
    });
    expect(requests[0]?.body).toEqual({ model: 'm', messages, stream: false });
  });
});
