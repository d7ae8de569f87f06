import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UnsupportedSchemaError } from '../errors/unsupported-schema-error.ts';
import { defineTool } from './define-tool.ts';
import { parseToolCalls } from './parse-tool-calls.ts';
import { toToolCalls } from './tool-call.ts';
import { toolResult } from './tool-result.ts';

const weather = defineTool({
  name: 'weather',
  description: 'The weather of a city.',
  input: z.object({ city: z.string(), days: z.number().optional() }),
  execute: async ({ city }) => `sunny in ${city}`,
});
const add = defineTool({
  name: 'add',
  description: 'Adds.',
  input: z.object({ a: z.number(), b: z.number() }),
});
const plain = {
  type: 'function' as const,
  function: { name: 'plain', parameters: { type: 'object', properties: {} } },
};

const wire = (name: string, args: unknown, id = 'c1') => ({
  id,
  type: 'function',
  function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
});
const calls = (...tool_calls: object[]) => ({ toolCalls: toToolCalls({ tool_calls } as never) });

describe('a tool', () => {
  it('is OpenAI’s definition of one, and sends no more than that', () => {
    expect(JSON.parse(JSON.stringify(weather))).toEqual({
      type: 'function',
      function: {
        name: 'weather',
        description: 'The weather of a city.',
        parameters: {
          type: 'object',
          properties: { city: { type: 'string' }, days: { type: 'number' } },
          required: ['city'],
        },
      },
    });
    expect(add.execute).toBeUndefined();
  });

  it('may be strict', () => {
    const { input } = weather;
    const strict = defineTool({ name: 'w', description: '', input, strict: true });
    expect(strict.function).toMatchObject({
      strict: true,
      parameters: { required: ['city', 'days'], additionalProperties: false },
    });
  });

  it('is refused when no provider would take it', () => {
    const make = (options: object) => () =>
      defineTool({ name: 'x', description: '', input: z.object({}), ...options });
    expect(make({ name: 'a b' })).toThrow(RangeError);
    expect(make({ input: z.string() })).toThrow(UnsupportedSchemaError);
    expect(make({ input: z.object({ at: z.date() }) })).toThrow(/Date/);
    expect(make({ input: z.object({ a: z.unknown() }), strict: true })).toThrow(/leave strict out/);
    expect(make({ input: undefined })).toThrow(UnsupportedSchemaError);
  });
});

describe('tool calls', () => {
  it('are parsed in order, several at a time', async () => {
    const reply = calls(
      wire('weather', { city: 'Bern', days: null }),
      wire('add', { a: 1, b: 2 }, 'c2'),
      wire('plain', ''),
    );
    const [first, second, third] = await parseToolCalls(reply, [weather, add, plain]);
    expect(first).toMatchObject({ ok: true, name: 'weather', input: { city: 'Bern' }, call: { id: 'c1' } });
    expect(second).toMatchObject({ ok: true, name: 'add', input: { a: 1, b: 2 }, call: { id: 'c2' } });
    expect(third).toMatchObject({ ok: true, input: {} });
    expect(await weather.execute({ city: 'Bern' }, {})).toBe('sunny in Bern');
  });

  it('that are wrong are data', async () => {
    const reply = calls(
      wire('weather', '{"city":'),
      wire('weather', { city: 7 }),
      wire('fly', {}),
      {},
      null as never,
    );
    expect(await parseToolCalls(reply, [weather])).toMatchObject([
      { ok: false, reason: 'not-json', call: { arguments: '{"city":' } },
      { ok: false, reason: 'schema', issues: [{ path: ['city'] }] },
      {
        ok: false,
        reason: 'unknown-tool',
        issues: [{ message: 'there is no tool fly; there are: weather' }],
      },
      { ok: false, reason: 'unknown-tool', name: '', call: { id: '' } },
      { ok: false, reason: 'unknown-tool' },
    ]);
    expect(await parseToolCalls({ toolCalls: [] }, [])).toEqual([]);
  });

  it('of custom tools have a text', async () => {
    const reply = calls({ id: 'c', type: 'custom', custom: { name: 'run', input: '{"ls' } });
    const tool = { type: 'custom' as const, custom: { name: 'run' } };
    expect(await parseToolCalls(reply, [tool])).toMatchObject([{ ok: true, input: '{"ls' }]);
  });

  it.each([
    ['text', 'text'],
    [{ a: 1 }, '{"a":1}'],
    [undefined, 'null'],
    [null, 'null'],
    [new Error('no such city'), '{"error":"no such city"}'],
  ])('are answered: %j', (value, content) => {
    expect(toolResult({ id: 'c1' }, value)).toEqual({ role: 'tool', tool_call_id: 'c1', content });
  });
});
