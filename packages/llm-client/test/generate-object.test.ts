import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLLMClient, ProviderError, UnsupportedSchemaError } from '../src/index.ts';
import { answers, hello, recordedClient, serve, withAnswers } from './support.ts';

const messages = [...hello];
const schema = z.object({ city: z.string(), people: z.int().positive(), river: z.string().optional() });
const good = { city: 'Bern', people: 134_000 };

const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
const chat = (message: object, finish_reason = 'stop') => ({
  json: {
    id: 'c',
    model: 'm-1',
    usage,
    choices: [{ index: 0, finish_reason, message: { role: 'assistant', ...message } }],
  },
});
const text = (content: string, finish?: string) => chat({ content }, finish);
const call = (args: string, id = 'c1') => ({
  id,
  type: 'function',
  function: { name: 'result', arguments: args },
});

describe('generateObject', () => {
  it('asks for a strict schema where it can, and gives the object', async () => {
    await using at = await withAnswers(text(JSON.stringify({ ...good, river: null })));
    const result = await at.client.generateObject({
      messages,
      schema,
      name: 'place',
      description: 'a place',
    });
    expect(result).toMatchObject({ ok: true, object: good, usage: { inputTokens: 10, outputTokens: 5 } });
    if (result.ok) expect(result.object).toEqual(good);
    expect(result.calls).toHaveLength(1);
    expect(at.requests[0]?.body).toEqual({
      model: 'm',
      messages,
      stream: false,
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'place',
          description: 'a place',
          strict: true,
          schema: {
            type: 'object',
            properties: {
              city: { type: 'string' },
              people: { type: 'integer', exclusiveMinimum: 0 },
              river: { anyOf: [{ type: 'string' }, { type: 'null' }] },
            },
            required: ['city', 'people', 'river'],
            additionalProperties: false,
          },
        },
      },
    });
    expect(at.types()).toEqual(['call.start', 'attempt.start', 'attempt.end', 'call.end']);
  });

  it('asks for one that is not strict where it cannot, or is told to', async () => {
    await using at = await withAnswers(text('{"a":1}'), text(JSON.stringify(good)));
    await at.client.generateObject({ messages, schema: z.record(z.string(), z.number()) });
    await at.client.generateObject({ messages, schema, strict: false });
    const formats = at.requests.map(
      ({ body }) => (body.response_format as { json_schema: object }).json_schema,
    );
    expect(formats).toMatchObject([
      { strict: false },
      { strict: false, schema: { required: ['city', 'people'] } },
    ]);
  });

  it('puts what is no object into one, and takes it out again', async () => {
    await using at = await withAnswers(text('{"result":[1,2]}'), text('[3]'));
    const list = { messages, schema: z.array(z.number()), maxRepairs: 0 };
    expect(await at.client.generateObject(list)).toMatchObject({ ok: true, object: [1, 2] });
    expect(await at.client.generateObject(list)).toMatchObject({ ok: true, object: [3] });
    expect(at.requests[0]?.body).toMatchObject({
      response_format: { json_schema: { schema: { properties: { result: { type: 'array' } } } } },
    });
  });

  it('puts a list of lists into one, too', async () => {
    await using at = await withAnswers(text('{"result":[[[]],[]]}'));
    type Nested = Nested[];
    const nested: z.ZodType<Nested> = z.lazy(() => z.array(nested));
    expect(await at.client.generateObject({ messages, schema: nested })).toMatchObject({
      object: [[[]], []],
    });
    expect(JSON.stringify(at.requests)).not.toContain('"#"');
  });

  it('makes the model call a tool where there is nothing else', async () => {
    await using at = await withAnswers(
      chat({ content: null, tool_calls: [call(JSON.stringify(good))] }, 'tool_calls'),
    );
    const result = await at.client.generateObject({ messages, schema, mode: 'tool' });
    expect(result).toMatchObject({ ok: true, object: good });
    expect(at.requests[0]?.body).toMatchObject({
      tools: [
        { type: 'function', function: { name: 'result', parameters: { required: ['city', 'people'] } } },
      ],
      tool_choice: { type: 'function', function: { name: 'result' } },
    });
  });

  it('writes the schema into the prompt where there is not even that, and reads JSON from prose', async () => {
    const prose = `Sure!\n\`\`\`json\n${JSON.stringify(good)}\n\`\`\`\nAnything else?`;
    await using at = await withAnswers(text(prose), text(prose));
    const first = await at.client.generateObject({ messages, schema, mode: 'prompt' });
    expect(first).toMatchObject({ ok: true, object: good });
    const system = { role: 'system' as const, content: 'Be kind.' };
    await at.client.generateObject({ messages: [system, ...messages], schema, mode: 'prompt' });
    const [alone, after] = at.requests.map(
      ({ body }) => body.messages as { role: string; content: string }[],
    );
    expect(alone).toMatchObject([
      { role: 'system', content: expect.stringContaining('"required":["city","people"]') },
      ...messages,
    ]);
    expect(after).toMatchObject([
      { role: 'system', content: expect.stringMatching(/^Be kind\.\n\nAnswer with/) },
      ...messages,
    ]);
    expect(at.requests[0]?.body).not.toHaveProperty('response_format');
  });

  it('gives a reply that does not fit back with what is wrong, as a call of its own', async () => {
    await using at = await withAnswers(text('{"city":"Bern","people":-1}'), text(JSON.stringify(good)));
    const result = await at.client.generateObject({
      messages,
      schema,
      parentCallId: 'outer',
      agent: { id: 'geographer' },
    });
    expect(result).toMatchObject({ ok: true, object: good, usage: { inputTokens: 20, outputTokens: 10 } });
    expect(at.requests[1]?.body.messages).toMatchObject([
      ...messages,
      { role: 'assistant', content: '{"city":"Bern","people":-1}' },
      { role: 'user', content: expect.stringMatching(/- people: .*>0/) },
    ]);
    const starts = at.events.filter((event) => event.type === 'call.start');
    expect(starts).toMatchObject([
      { parent_call_id: 'outer', agent: { id: 'geographer' } },
      { parent_call_id: result.calls[0].callId, agent: { id: 'geographer' } },
    ]);
    expect(at.events.filter(({ type }) => type === 'call.end')).toMatchObject([
      { status: 'ok' },
      { status: 'ok' },
    ]);
  });

  it('answers every tool call when it gives them back', async () => {
    const calls = [call('{"city":'), call('{}', 'c2')];
    await using at = await withAnswers(
      chat({ content: null, tool_calls: calls }, 'tool_calls'),
      chat({ content: null, tool_calls: [call(JSON.stringify(good))] }, 'tool_calls'),
    );
    const result = await at.client.generateObject({ messages, schema, mode: 'tool' });
    expect(result).toMatchObject({ ok: true });
    expect(at.requests[1]?.body.messages).toMatchObject([
      ...messages,
      { role: 'assistant', tool_calls: calls },
      { role: 'tool', tool_call_id: 'c1' },
      { role: 'tool', tool_call_id: 'c2' },
    ]);
  });

  it('gives up after maxRepairs, with the last reply as data', async () => {
    await using at = await withAnswers(text('No idea.'), text('{"city":7}'), text('{}'));
    const result = await at.client.generateObject({ messages, schema, maxRepairs: 2 });
    expect(result).toMatchObject({
      ok: false,
      reason: 'schema',
      text: '{}',
      issues: [{ path: ['city'] }, { path: ['people'] }],
      usage: { inputTokens: 30, source: 'provider' },
    });
    expect(result.calls.map(({ text: said }) => said)).toEqual(['No idea.', '{"city":7}', '{}']);
    await using none = await withAnswers(text(''));
    expect(await none.client.generateObject({ messages, schema, maxRepairs: 0 })).toMatchObject({
      ok: false,
      reason: 'not-json',
      text: '',
    });
  });

  it.each([
    ['a refusal', chat({ content: null, refusal: 'I will not.' }), 'refusal', 'I will not.'],
    [
      'a reply cut off at the limit',
      text('{"city":"Bern","people":1', 'length'),
      'length',
      '{"city":"Bern","people":1',
    ],
    ['one that parses all the same', text(JSON.stringify(good), 'length'), 'length', JSON.stringify(good)],
    ['one that was held back', text('', 'content_filter'), 'content-filter', ''],
  ])('takes %s for no object, and does not ask again', async (_, reply, reason, said) => {
    await using at = await withAnswers(reply);
    const result = await at.client.generateObject({ messages, schema, maxRepairs: 3 });
    expect(result).toMatchObject({ ok: false, reason, text: said });
    expect(at.requests).toHaveLength(1);
  });

  it('throws what a call throws', async () => {
    await using at = await withAnswers(text('no'), { status: 400, json: { error: { message: 'no' } } });
    await expect(at.client.generateObject({ messages, schema })).rejects.toBeInstanceOf(ProviderError);
    const reason = new Error('enough');
    const aborted = at.client.generateObject({ messages, schema, signal: AbortSignal.abort(reason) });
    await expect(aborted).rejects.toBe(reason);
    expect(at.events.filter(({ type }) => type === 'call.end')).toMatchObject([
      { status: 'ok' },
      { status: 'error' },
      { status: 'aborted' },
    ]);
  });

  it('refuses what cannot be asked for before anything is sent', async () => {
    await using at = await withAnswers();
    const ask = (request: object) => at.client.generateObject({ messages, schema, ...request });
    await expect(ask({ schema: z.object({ at: z.date() }) })).rejects.toBeInstanceOf(UnsupportedSchemaError);
    await expect(ask({ schema: { type: 'object' } })).rejects.toBeInstanceOf(UnsupportedSchemaError);
    await expect(ask({ schema: undefined })).rejects.toBeInstanceOf(UnsupportedSchemaError);
    for (const request of [
      { name: 'a b' },
      { mode: 'magic' },
      { maxRepairs: -1 },
      { maxRepairs: Number.NaN },
      { maxRepairs: 1e9 },
    ])
      await expect(ask(request)).rejects.toBeInstanceOf(RangeError);
    expect(at.events).toEqual([]);
  });

  it('asks in the way that every model of the route understands', async () => {
    const { handler, requests } = answers(
      { status: 400, json: { error: { message: 'no' } } },
      { status: 400, json: { error: { message: 'no' } } },
    );
    await using server = await serve(handler);
    const { client } = recordedClient(server.url, {
      provider: 'vllm',
      fallbacks: [{ model: 'anthropic/claude', apiKey: 'k' }],
    });
    await client.generateObject({ messages, schema }).catch(() => {});
    const native = createLLMClient({ model: 'm', baseURL: server.url, retry: false });
    await native.generateObject({ messages, schema }).catch(() => {});
    expect(requests.map(({ body }) => Object.keys(body).sort())).toEqual([
      ['messages', 'model', 'stream', 'tool_choice', 'tools'],
      ['messages', 'model', 'response_format', 'stream'],
    ]);
  });

  it('loads no schema library for whoever uses none', async () => {
    const script = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
      await import('@pd/llm-client');
      console.log(loaded.filter((url) => /node_modules.(zod|pino|undici)/.test(url)).length, loaded.length > 10);
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      cwd: import.meta.dirname,
    });
    expect(stdout).toBe('0 true\n');
  });
});
