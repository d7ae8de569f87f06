import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { calls, only, scripted } from '../../test/support.ts';
import { defineTool, InvalidToolError } from '../index.ts';
import type { ToolContext } from './tool.ts';

const add = defineTool({
  name: 'add',
  description: 'Adds two numbers.',
  input: z.object({ a: z.number(), b: z.number() }),
  output: z.object({ sum: z.number() }),
  execute: ({ a, b }) => ({ sum: a + b }),
});

const returning = (value: unknown, options: object = {}) =>
  defineTool({ name: 'give', description: 'Gives.', input: z.object({}), execute: () => value, ...options });

const give = (tool: ReturnType<typeof returning>) =>
  scripted([calls({ name: 'give' }), 'done'], { tools: [tool] });

describe('tools', () => {
  it('run with a valid input, and their result is told to the model', async () => {
    const { agent, client, events } = scripted(
      [calls({ name: 'add', arguments: { a: 2, b: 3 } }), 'It is 5.'],
      {
        tools: [add],
      },
    );
    const reply = await agent.respond({ content: '2 + 3?' });
    expect(reply).toMatchObject({
      content: 'It is 5.',
      stopReason: 'done',
      steps: 2,
      toolRuns: [{ name: 'add', status: 'ok', result: { sum: 5 }, content: '{"sum":5}', attempts: 1 }],
    });
    expect(client.calls[1]?.messages).toMatchObject([
      { role: 'user', content: '2 + 3?' },
      { role: 'assistant', tool_calls: [{ function: { name: 'add' } }] },
      { role: 'tool', tool_call_id: 'call_1_1', content: '{"sum":5}' },
    ]);
    const callId = client.calls[0]?.callId;
    expect(only(events, 'tool.start')).toMatchObject([
      { call_id: callId, tool_call_id: 'call_1_1', name: 'add', arguments: { a: 2, b: 3 } },
    ]);
    expect(only(events, 'tool.end')).toMatchObject([{ call_id: callId, status: 'ok', result: '{"sum":5}' }]);
    client.done();
  });

  it('are remembered with their results', async () => {
    const { agent, client } = scripted([calls({ name: 'add', arguments: { a: 1, b: 1 } }), '2', '3'], {
      tools: [add],
    });
    await agent.respond({ content: 'one' });
    await agent.respond({ content: 'two' });
    expect(client.calls[2]?.messages.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'assistant',
      'user',
    ]);
  });

  it.each([
    ['an unknown tool', { name: 'nope' }, /there is no tool nope; there are: add/],
    ['arguments that are no JSON', { name: 'add', arguments: '{"a":' }, /not JSON/],
    ['arguments that do not fit', { name: 'add', arguments: { a: 'x' } }, /a: .*b: /],
  ])('tell the model about %s', async (_, call, told) => {
    const { agent, events } = scripted([calls(call), 'sorry'], { tools: [add] });
    const { toolRuns, stopReason } = await agent.respond({ content: '?' });
    expect(stopReason).toBe('done');
    expect(toolRuns).toMatchObject([{ status: 'error', content: expect.stringMatching(told), attempts: 0 }]);
    expect(only(events, 'tool.end')).toMatchObject([{ status: 'error' }]);
  });

  const circular: Record<string, unknown> = { name: 'x' };
  circular.self = circular;
  const shared = { v: 1 };
  it.each([
    ['undefined', undefined, 'null'],
    ['a circle', circular, '{"name":"x","self":"[circular]"}'],
    ['the same twice, which is no circle', [shared, shared], '[{"v":1},{"v":1}]'],
    ['a BigInt', { n: 12n }, '{"n":"12"}'],
    ['bytes', { file: Buffer.alloc(3), raw: new Uint8Array(2) }, '{"file":"[3 bytes]","raw":"[2 bytes]"}'],
    ['a Map and a Set', { m: new Map([['a', new Set([1])]]) }, '{"m":{"a":[1]}}'],
    [
      'a circle through a Map',
      new Map<string, unknown>([['a', circular]]),
      '{"a":{"name":"x","self":"[circular]"}}',
    ],
  ])('tell %s', async (_, value, told) => {
    const { toolRuns } = await give(returning(value)).agent.respond({ content: '?' });
    expect(toolRuns).toMatchObject([{ status: 'ok', content: told }]);
  });

  it('cut off what is too long, with a mark, in the request and on record', async () => {
    const { agent, client, events } = give(returning('€'.repeat(50_000_000)));
    await agent.respond({ content: '?' });
    const told = String(client.calls[1]?.messages.at(-1)?.content);
    expect(told).toHaveLength(50_000 + '\n[cut off: 50000 of 50000000 characters]'.length);
    expect(told).toMatch(/\n\[cut off: 50000 of 50000000 characters\]$/);
    expect(only(events, 'tool.end')).toMatchObject([{ result: told }]);
    const emoji = await give(returning('😀😀', { maxResultCharacters: 3 })).agent.respond({ content: '?' });
    expect(emoji.toolRuns?.[0]?.content).toBe('😀\n[cut off: 2 of 4 characters]');
  });

  it.each([
    ['an error', new Error('no luck'), '{"error":"no luck"}'],
    ['a string', 'no luck', '{"error":"no luck"}'],
    ['nothing', undefined, '{"error":"it threw undefined"}'],
    [
      'what cannot be looked at',
      {
        get message() {
          throw new Error('hostile');
        },
      },
      '{"error":"it threw what cannot be told"}',
    ],
    ['an error without a message', new TypeError(''), '{"error":"TypeError"}'],
  ])('tell that %s was thrown', async (_, thrown, told) => {
    const tool = defineTool({
      name: 'give',
      description: '',
      input: z.object({}),
      execute: () => {
        throw thrown;
      },
    });
    const { toolRuns } = await give(tool).agent.respond({ content: '?' });
    expect(toolRuns).toMatchObject([{ status: 'error', content: told }]);
  });

  it('tell of results that are not what they should be, or cannot be told', async () => {
    const wrong = returning({ sum: 'x' }, { output: z.object({ sum: z.number() }) });
    expect((await give(wrong).agent.respond({ content: '?' })).toolRuns).toMatchObject([
      { status: 'error', content: expect.stringContaining('what give returned is not what it should be') },
    ]);
    const hostile = {
      get value() {
        throw new Error('hostile');
      },
    };
    expect((await give(returning(hostile)).agent.respond({ content: '?' })).toolRuns).toMatchObject([
      { status: 'error', content: '{"error":"its result cannot be told: hostile"}' },
    ]);
  });

  it('do not run again because their result is wrong', async () => {
    let runs = 0;
    const output = z.number().refine(() => {
      throw new Error('hostile');
    });
    const tool = defineTool({
      name: 'give',
      description: '',
      input: z.object({}),
      output,
      retries: 3,
      execute: () => ++runs,
    });
    const { toolRuns } = await give(tool as never).agent.respond({ content: '?' });
    expect(toolRuns).toMatchObject([
      { status: 'error', attempts: 1, content: expect.stringContaining('hostile') },
    ]);
    expect(runs).toBe(1);
  });

  it('are left behind when their time is over, whatever they do', async () => {
    const never = defineTool({
      name: 'give',
      description: '',
      input: z.object({}),
      timeoutMs: 20,
      execute: () => new Promise(() => {}),
    });
    const { agent, events } = give(never);
    expect(await agent.respond({ content: '?' })).toMatchObject({
      content: 'done',
      toolRuns: [{ status: 'timeout', content: '{"error":"it took longer than 20 ms"}' }],
    });
    expect(only(events, 'tool.end')).toMatchObject([{ status: 'timeout' }]);
  });

  it('end with the answer when that is aborted, and are on record', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const never = defineTool({
      name: 'give',
      description: '',
      input: z.object({}),
      execute: () => {
        setImmediate(() => controller.abort(reason));
        return new Promise(() => {});
      },
    });
    const { agent, events } = give(never);
    await expect(agent.respond({ content: '?' }, { signal: controller.signal })).rejects.toBe(reason);
    expect(only(events, 'tool.end')).toMatchObject([{ status: 'aborted' }]);
  });

  it('are tried again as often as they say, with one key for all attempts', async () => {
    const seen: ToolContext[] = [];
    const flaky = defineTool({
      name: 'give',
      description: '',
      input: z.object({}),
      retries: 2,
      execute: (_, context) => {
        seen.push(context);
        if (context.attempt < 3) throw new Error('busy');
        return 'fine';
      },
    });
    const { agent, client } = give(flaky);
    expect((await agent.respond({ content: '?' })).toolRuns).toMatchObject([{ status: 'ok', attempts: 3 }]);
    expect(seen.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(new Set(seen.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(seen[0]).toMatchObject({
      idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
      callId: client.calls[0]?.callId,
      agent: { id: 'a' },
    });
  });

  it('run beside each other up to the limit, and are answered in order', async () => {
    let running = 0;
    let most = 0;
    const slow = defineTool({
      name: 'slow',
      description: '',
      input: z.object({ ms: z.number() }),
      execute: async ({ ms }) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, ms));
        running--;
        return ms;
      },
    });
    const wanted = [30, 5, 20, 1, 10].map((ms) => ({ name: 'slow', arguments: { ms } }));
    const { agent } = scripted([calls(...wanted), 'ok'], { tools: [slow], toolSettings: { concurrency: 2 } });
    const { toolRuns } = await agent.respond({ content: '?' });
    expect(most).toBe(2);
    expect(toolRuns?.map(({ result }) => result)).toEqual([30, 5, 20, 1, 10]);
  });

  it('get ids where the server gives none', async () => {
    const { agent, client } = scripted(
      [
        calls(
          { name: 'add', arguments: { a: 1, b: 2 }, id: '' },
          { name: 'add', arguments: { a: 3, b: 4 }, id: '' },
        ),
        'ok',
      ],
      { tools: [add] },
    );
    await agent.respond({ content: '?' });
    expect(client.calls[1]?.messages.slice(1)).toMatchObject([
      { tool_calls: [{ id: 'call_0' }, { id: 'call_1' }] },
      { tool_call_id: 'call_0', content: '{"sum":3}' },
      { tool_call_id: 'call_1', content: '{"sum":7}' },
    ]);
  });

  it('may come with a JSON Schema of somebody else, and may end the answer', async () => {
    const foreign = defineTool({
      name: 'book',
      description: '',
      inputSchema: { type: 'object', properties: { city: { type: 'string' } } },
      endsTurn: true,
      execute: (input) => input,
    });
    const { agent, client } = scripted([calls({ name: 'book', arguments: { city: 'Bern' } })], {
      tools: [foreign],
    });
    expect(await agent.respond({ content: '?' })).toMatchObject({
      stopReason: 'ended_by_tool',
      toolRuns: [{ result: { city: 'Bern' } }],
    });
    expect(client.calls[0]?.body).toMatchObject({
      tools: [{ function: { parameters: { properties: { city: { type: 'string' } } } } }],
    });
  });

  it.each([
    ['a name', { name: 'has space' }],
    ['a timeout of 0', { timeoutMs: 0 }],
    ['a timeout beyond timers', { timeoutMs: 1e12 }],
    ['retries of -1', { retries: -1 }],
    ['a limit that is none', { maxResultCharacters: Number.NaN }],
    ['no function', { execute: 7 }],
  ])('refuse %s', (_, options) => {
    expect(() => returning(1, options)).toThrow(InvalidToolError);
  });

  it('are refused by an agent that could not run them', () => {
    expect(() => scripted([], { tools: [{ ...add } as typeof add] })).toThrow(/make it with defineTool/);
    expect(() => scripted([], { tools: [add, add] })).toThrow(/two tools called add/);
    expect(() => scripted([], { toolSettings: { concurrency: 0 } })).toThrow(InvalidToolError);
  });
});
