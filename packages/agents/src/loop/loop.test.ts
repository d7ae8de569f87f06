import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BudgetExceededError, createBudget, createLLMClient } from '@pd/llm-client';
import { createScriptedClient } from '@pd/llm-client/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { calls, scripted } from '../../test/support.ts';
import {
  type AgentPart,
  AgentStreamLeftError,
  defineTool,
  InvalidAgentError,
  type LoopLimits,
  SimpleAgent,
} from '../index.ts';

let clock = 0;
const tick = defineTool({
  name: 'tick',
  description: '',
  input: z.object({}),
  execute: () => ++clock,
});
const same = defineTool({
  name: 'same',
  description: '',
  input: z.object({ a: z.number().optional(), b: z.number().optional() }),
  execute: () => 'nothing new',
});
const never = defineTool({
  name: 'never',
  description: '',
  input: z.object({}),
  execute: () => new Promise(() => {}),
});

const ticking = (text: string) => ({
  reply: { text, toolCalls: [{ name: 'tick' }], usage: { input: 80, output: 20 } },
});

describe('limits', () => {
  it.each<[LoopLimits, string, number]>([
    [{ steps: 2 }, 'max_steps', 2],
    [{ tokens: 300 }, 'max_tokens', 3],
    [{ costUsd: 0.0002 }, 'max_cost', 2],
  ])('%j end the answer with what there is', async (limits, stopReason, steps) => {
    const script = Array.from({ length: steps }, (_, i) => ticking(`step ${i + 1}`));
    const client = createScriptedClient(script, { prices: { 'scripted/*': { input: 1, output: 1 } } });
    const agent = new SimpleAgent({ id: 'a', client, tools: [tick], limits });
    const reply = await agent.respond({ content: 'go' });
    expect(reply).toMatchObject({ stopReason, steps, content: `step ${steps}` });
    expect(reply.toolRuns).toHaveLength(steps - 1);
    // What was asked for last was not done, and the history says so; it can go on.
    expect(reply.messages?.at(-1)).toMatchObject({
      role: 'tool',
      content: expect.stringContaining('not run'),
    });
    client.done();
  });

  it('of a budget end an answer that has begun, and no other', async () => {
    const script = [
      { reply: { text: 'half', toolCalls: [{ name: 'tick' }], usage: { input: 60_000, output: 0 } } },
    ];
    const newAgent = () => {
      const client = createScriptedClient(script, {
        prices: { 'scripted/*': { input: 1, output: 1 } },
        gates: [createBudget({ usd: 0.061 })],
      });
      const parameters = { max_completion_tokens: 1_000 };
      return new SimpleAgent({ id: 'a', client, tools: [tick], parameters });
    };
    const agent = newAgent();
    expect(await agent.respond({ content: 'go' })).toMatchObject({
      stopReason: 'max_cost',
      content: 'half',
      steps: 1,
    });
    await expect(agent.respond({ content: 'go' })).rejects.toThrow(BudgetExceededError);
  });

  it('of cost end an answer whose cost nobody knows', async () => {
    const { agent } = scripted([ticking('a')], { tools: [tick], limits: { costUsd: 1 } });
    expect(await agent.respond({ content: 'go' })).toMatchObject({
      stopReason: 'unpriced',
      costUsd: undefined,
    });
  });

  it.each([
    ['a tool', [calls({ name: 'never' }, { name: 'tick' })], 2],
    ['the model', [ticking('half'), { reply: { text: 'late', delayMs: 5_000 } }], 1],
  ])('of seconds end %s under way, and keep what was done', async (_, script, runs) => {
    const { agent, events } = scripted(script, { tools: [tick, never], limits: { seconds: 0.1 } });
    const reply = await agent.respond({ content: 'go' });
    expect(reply).toMatchObject({ stopReason: 'max_seconds' });
    expect(reply.toolRuns).toHaveLength(runs);
    expect(reply.messages?.filter(({ role }) => role === 'tool')).toHaveLength(runs);
    expect(events.filter(({ type }) => type === 'tool.end')).toHaveLength(runs);
  });

  it('notice a tool that is called over and over for the same', async () => {
    const script = [
      calls({ name: 'same', arguments: { a: 1, b: 2 } }),
      calls({ name: 'same', arguments: { b: 2, a: 1 } }),
      calls({ name: 'same', arguments: '{ "a": 1,  "b": 2 }' }),
    ];
    const { agent, client } = scripted(script, { tools: [same] });
    const reply = await agent.respond({ content: 'go' });
    expect(reply).toMatchObject({ stopReason: 'repeated_tool_call', steps: 3 });
    expect(client.calls[1]?.messages.at(-1)?.content).toBe('nothing new');
    expect(client.calls[2]?.messages.at(-1)?.content).toMatch(/^nothing new\n\[You have called this tool/);
  });

  it('let a tool be polled that says something new', async () => {
    const { agent } = scripted([...Array.from({ length: 5 }, () => calls({ name: 'tick' })), 'ok'], {
      tools: [tick],
    });
    expect(await agent.respond({ content: 'go' })).toMatchObject({ stopReason: 'done', steps: 6 });
  });

  it.each([
    { steps: 0 },
    { steps: 1.5 },
    { tokens: -1 },
    { seconds: Number.NaN },
    { costUsd: '1' },
    { repeats: 0 },
  ])('refuse %j', (limits) => {
    expect(() => scripted([], { limits: limits as LoopLimits })).toThrow(InvalidAgentError);
  });
});

describe('endings', () => {
  it.each([
    ['refusal', { refusal: 'I will not.' }, 'stop'],
    ['content_filter', { content: 'half' }, 'content_filter'],
    ['length', { content: 'half' }, 'length'],
    ['empty', { content: '' }, 'stop'],
    ['empty', { content: null }, 'stop'],
  ])('are told: %s', async (stopReason, message, finish_reason) => {
    const choices = [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }];
    const body = JSON.stringify({ id: 'r', object: 'chat.completion', created: 1, model: 'm', choices });
    await using server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = createLLMClient({ model: 'm', baseURL: `http://127.0.0.1:${port}/v1` });
    const reply = await new SimpleAgent({ id: 'a', client }).respond({ content: '?' });
    expect(reply).toMatchObject({ stopReason, content: ('content' in message && message.content) || '' });
    expect(reply.refusal).toBe('refusal' in message ? message.refusal : undefined);
  });
});

describe('streams', () => {
  const script = () => [
    { reply: { text: ['Let me ', 'see. '], toolCalls: [{ name: 'tick' }], reasoning: 'hm' } },
    { reply: { text: ['It is ', 'late.'] } },
  ];

  it('give the text of all steps, and the tools in between', async () => {
    const { agent } = scripted(script(), { tools: [tick] });
    const stream = agent.stream({ content: 'go' });
    const parts: AgentPart[] = [];
    for await (const part of stream.parts()) parts.push(part);
    expect(parts.map((part) => ('text' in part ? part.text : part.type))).toEqual([
      'hm',
      'Let me ',
      'see. ',
      'tool-start',
      'tool-end',
      'It is ',
      'late.',
    ]);
    expect(await stream.result()).toMatchObject({
      content: 'It is late.',
      steps: 2,
      toolRuns: [{ status: 'ok' }],
    });
  });

  it('are read once, and end what is under way when they are left', async () => {
    let signal: AbortSignal | undefined;
    const slow = defineTool({
      name: 'tick',
      description: '',
      input: z.object({}),
      execute: (_, context) => {
        ({ signal } = context);
        return new Promise(() => {});
      },
    });
    const { agent, events } = scripted(script(), { tools: [slow] });
    const stream = agent.stream({ content: 'go' });
    for await (const part of stream.parts()) if (part.type === 'tool-start') break;
    expect(signal?.aborted).toBe(true);
    await expect(stream.result()).rejects.toThrow(AgentStreamLeftError);
    expect(() => stream.parts()).toThrow(TypeError);
    expect(events.at(-1)).toMatchObject({ type: 'tool.end', status: 'aborted' });
  });
});
