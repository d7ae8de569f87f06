import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { StreamLeftError, UnsupportedSchemaError } from '../src/index.ts';
import { hello, recordedClient, serve, sse, textChunk, withAnswers } from './support.ts';

const messages = [...hello];
const schema = z.object({ city: z.string(), people: z.int().positive(), river: z.string().optional() });
const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

/** A reply in pieces of a few characters. */
const text = (whole: string) => ({
  sse: [
    ...(whole.match(/.{1,7}/gs) ?? []).map((each) => textChunk(each)),
    { ...textChunk('', 'stop'), usage },
  ],
});

describe('streamObject', () => {
  it('gives the object as it grows, and the validated one at the end', async () => {
    await using at = await withAnswers(text('{"city":"Bern","river":null,"people":134000}'));
    const stream = at.client.streamObject({ messages, schema });
    const seen: object[] = [];
    for await (const partial of stream) seen.push(partial);
    expect(seen).toEqual([{}, { city: 'Bern' }, { city: 'Bern', people: 134_000 }]);
    const result = await stream.result();
    expect(result).toMatchObject({ ok: true, usage: { inputTokens: 10, outputTokens: 5 } });
    if (result.ok) expect(result.object).toEqual({ city: 'Bern', people: 134_000 });
    expect(result.calls.map(({ callId }) => callId)).toEqual([stream.callId]);
    expect(at.types()).toEqual(['call.start', 'attempt.start', 'attempt.end', 'call.end']);
    expect(at.requests[0]?.body).toMatchObject({ stream: true, response_format: { type: 'json_schema' } });
  });

  it('gives the result to whoever asks for that alone', async () => {
    await using at = await withAnswers(text('{"city":"Bern","people":1}'));
    expect(await at.client.streamObject({ messages, schema }).result()).toMatchObject({ ok: true });
  });

  it('reads the call of a tool, and not what was said before it', async () => {
    const call = (args: string, more: object = {}) => ({
      choices: [
        {
          index: 0,
          delta: { tool_calls: [{ index: 0, function: { arguments: args }, ...more }] },
          finish_reason: null,
        },
      ],
    });
    await using at = await withAnswers({
      sse: [
        textChunk('{"city":"no"'),
        call('{"city":"Be', {
          id: 'c',
          type: 'function',
          function: { name: 'result', arguments: '{"city":"Be' },
        }),
        call('rn","people":1}'),
        textChunk('', 'tool_calls'),
      ],
    });
    const stream = at.client.streamObject({ messages, schema, mode: 'tool' });
    const seen: unknown[] = [];
    for await (const partial of stream) seen.push(partial);
    expect(seen).toEqual([{ city: 'no' }, { city: 'Be' }, { city: 'Bern', people: 1 }]);
    expect(await stream.result()).toMatchObject({ ok: true, object: { city: 'Bern' } });
  });

  it('streams a repair, too, which is a call of its own below the first', async () => {
    await using at = await withAnswers(
      text('{"city":"Bern","people":-1}'),
      text('{"city":"Bern","people":1}'),
    );
    const stream = at.client.streamObject({ messages, schema });
    const seen: unknown[] = [];
    for await (const partial of stream) seen.push(partial);
    expect(seen).toContainEqual({ city: 'Bern', people: -1 });
    expect(seen.at(-1)).toEqual({ city: 'Bern', people: 1 });
    expect(seen.filter((each) => Object.keys(each as object).length === 0)).toHaveLength(2);
    expect((await stream.result()).calls).toHaveLength(2);
    expect(at.events.filter(({ type }) => type === 'call.start')).toMatchObject([
      { call_id: stream.callId },
      { parent_call_id: stream.callId },
    ]);
  });

  it('a reply that does not fit is data', async () => {
    await using at = await withAnswers(text('I would rather not.'));
    const stream = at.client.streamObject({ messages, schema, maxRepairs: 0 });
    for await (const _ of stream) expect.fail('there is no object');
    expect(await stream.result()).toMatchObject({
      ok: false,
      reason: 'not-json',
      text: 'I would rather not.',
    });
  });

  it('errors come out of the iteration and of the result', async () => {
    await using at = await withAnswers({ status: 401, json: { error: { message: 'who?' } } });
    const stream = at.client.streamObject({ messages, schema });
    const read = async () => {
      for await (const _ of stream);
    };
    await expect(read()).rejects.toMatchObject({ code: 'authentication', callId: stream.callId });
    await expect(stream.result()).rejects.toMatchObject({ code: 'authentication' });
    expect(at.types().at(-1)).toBe('call.end');
  });

  it('a reply that breaks off is an error with what there was', async () => {
    await using at = await withAnswers({ sse: [textChunk('{"city":"Be')] });
    await expect(at.client.streamObject({ messages, schema }).result()).rejects.toMatchObject({
      code: 'truncated',
      partial: { text: '{"city":"Be' },
    });
  });

  it('refuses at once what cannot be asked for', () => {
    const { client, events } = recordedClient('http://127.0.0.1:1/v1');
    expect(() => client.streamObject({ messages, schema, maxRepairs: -1 })).toThrow(RangeError);
    expect(() => client.streamObject({ messages, schema: z.object({ at: z.date() }) })).toThrow(
      UnsupportedSchemaError,
    );
    expect(events).toEqual([]);
  });

  it('can be read once; reads that are not awaited take turns', async () => {
    await using at = await withAnswers(text('{"city":"Bern","people":1}'));
    const stream = at.client.streamObject({ messages, schema });
    const reader = stream[Symbol.asyncIterator]();
    const reads = await Promise.all(Array.from({ length: 9 }, () => reader.next()));
    expect(reads.map(({ done }) => done).lastIndexOf(false)).toBeLessThan(
      reads.findIndex(({ done }) => done),
    );
    expect(() => stream[Symbol.asyncIterator]()).toThrow(TypeError);
    expect(await stream.result()).toMatchObject({ ok: true });
  });
});

describe('a streamed object that is not read to its end', () => {
  /** A server that begins an object and goes no further. */
  async function stuck() {
    const closed = Promise.withResolvers<void>();
    const server = await serve(async (request, response: ServerResponse) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(sse(textChunk('{"city":"Be')));
      await once(response, 'close');
      closed.resolve();
    });
    return {
      ...recordedClient(server.url),
      closed: closed.promise,
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  }

  it('is aborted with the reason given, in the middle of a read', async () => {
    await using at = await stuck();
    const abort = new AbortController();
    const stream = at.client.streamObject({ messages, schema, signal: abort.signal });
    const reason = new Error('enough');
    const read = async () => {
      for await (const partial of stream) {
        expect(partial).toEqual({ city: 'Be' });
        setImmediate(() => abort.abort(reason));
      }
    };
    await expect(read()).rejects.toBe(reason);
    await expect(stream.result()).rejects.toBe(reason);
    await at.closed;
    expect(at.events.at(-1)).toMatchObject({ type: 'call.end', status: 'aborted' });
  });

  it('ends its request when it is left, begun or not', async () => {
    await using at = await stuck();
    const left = at.client.streamObject({ messages, schema });
    for await (const _ of left) break;
    await expect(left.result()).rejects.toBeInstanceOf(StreamLeftError);
    await at.closed;
    const never = at.client.streamObject({ messages, schema });
    await never[Symbol.asyncIterator]().return?.();
    await expect(never.result()).rejects.toBeInstanceOf(StreamLeftError);
    const ends = at.events.filter(({ type }) => type === 'call.end');
    expect(ends).toMatchObject([{ status: 'aborted' }, { status: 'aborted' }]);
  });
});

it('the stand-in writes one that fits, offline', async () => {
  await using server = await startOfflineServer();
  const { client } = recordedClient(server.url, { model: 'stand-in-1' });
  const stream = client.streamObject({
    messages,
    schema: z.array(z.object({ title: z.string(), days: z.int() })).min(2),
  });
  let last: unknown;
  let count = 0;
  for await (const partial of stream) {
    last = partial;
    count++;
  }
  const result = await stream.result();
  expect(result).toMatchObject({ ok: true, object: last });
  expect(count).toBeGreaterThan(5);
});
