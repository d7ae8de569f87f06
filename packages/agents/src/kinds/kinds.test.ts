import { PassThrough } from 'node:stream';
import type { LogEvent } from '@pd/call-log/schema';
import { ProviderError } from '@pd/llm-client';
import { createScriptedClient, type ScriptedStep } from '@pd/llm-client/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { calls, only } from '../../test/support.ts';
import {
  agentTool,
  CHAOS_PROMPT,
  ChaosAgent,
  CriticAgent,
  defineAgent,
  defineTool,
  ExecutorAgent,
  HumanAgent,
  InvalidAgentError,
  NobodyThereError,
  type Persona,
  PlannerAgent,
  personas,
  RouterAgent,
  SimpleAgent,
  toWaves,
} from '../index.ts';

function script(steps: readonly ScriptedStep[]) {
  const events: LogEvent[] = [];
  return { client: createScriptedClient(steps, { logger: (event) => events.push(event) }), events };
}

const json = (value: unknown): ScriptedStep => ({ reply: { json: value } });

describe('PlannerAgent', () => {
  const owners = [
    { id: 'reader', role: 'executor', description: 'reads files' },
    { id: 'writer', role: 'executor', description: undefined },
  ];
  const step = (id: string, dependsOn: string[] = [], owner = 'reader') => ({
    id,
    task: `do ${id}`,
    dependsOn,
    owner,
  });

  it('makes a plan that can be carried out', async () => {
    const { client } = script([
      json({ steps: [step('c', ['a', 'b']), step('a'), step('b', ['a'], 'writer')] }),
    ]);
    const result = await new PlannerAgent({ id: 'p', client, owners }).plan('Write a report.');
    if (!result.ok) throw new Error('no plan');
    expect(result.plan.steps).toHaveLength(3);
    expect(toWaves(result.plan.steps).map((wave) => wave.map(({ id }) => id))).toEqual([['a'], ['b'], ['c']]);
    expect(client.calls[0]?.messages).toMatchObject([
      { content: expect.stringMatching(/- reader: reads files\n- writer: executor/) },
      { content: 'Write a report.' },
    ]);
  });

  it.each([
    ['an id given twice', [step('a'), step('a')], /two steps with the id a/],
    ['a dependency on nothing', [step('a', ['z'])], /a depends on z, which is no step/],
    ['a circle', [step('a', ['b']), step('b', ['a']), step('c')], /wait for each other: a, b/],
    ['a step that waits for itself', [step('a', ['a'])], /wait for each other: a/],
    ['an owner who does not exist', [step('a', [], 'nobody')], /reader/],
    ['no step', [], /./],
  ])('tells the model of %s, and then it is data', async (_, steps, message) => {
    const { client } = script([json({ steps }), json({ steps })]);
    const result = await new PlannerAgent({ id: 'p', client, owners }).plan('Go.');
    expect(result).toMatchObject({
      ok: false,
      reply: { stopReason: 'invalid_object', content: '', steps: 2 },
    });
    expect(result.ok ? '' : result.issues.map((issue) => issue.message).join()).toMatch(message);
    expect(JSON.stringify(client.calls[1]?.messages.at(-1))).toMatch(message);
  });

  it('answers with the plan as JSON, repaired if need be', async () => {
    const good = { steps: [{ id: 'a', task: 'do a', dependsOn: [] }] };
    const { client } = script([json({ steps: [] }), json(good)]);
    const stream = new PlannerAgent({ id: 'p', client }).stream({ content: 'Go.' });
    expect(JSON.parse((await stream.result()).content)).toEqual(good);
  });

  it('refuses what makes no sense', () => {
    const { client } = script([]);
    expect(() => new PlannerAgent({ id: 'p', client, maxSteps: 0 })).toThrow(InvalidAgentError);
    expect(() => new PlannerAgent({ id: 'p', client, owners: [...owners, ...owners] })).toThrow(
      InvalidAgentError,
    );
  });
});

describe('ExecutorAgent', () => {
  const lookUp = defineTool({ name: 'look_up', description: '', input: z.object({}), execute: () => 42 });

  it('does a step with its tools and reports', async () => {
    const { client } = script([
      calls({ name: 'look_up' }),
      'It is 42.',
      json({ status: 'success', summary: '42' }),
    ]);
    const executor = new ExecutorAgent({ id: 'e', client, tools: [lookUp] });
    const result = await executor.execute({
      task: 'Find it.',
      goal: 'Know.',
      earlier: [{ id: 's0', summary: 'began' }],
    });
    expect(result).toMatchObject({
      status: 'success',
      summary: '42',
      reply: { steps: 3, toolRuns: [{ result: 42 }] },
    });
    expect(client.calls[0]?.messages.at(-1)?.content).toBe(
      'Goal of the plan: Know.\n\nDone before:\n- s0: began\n\nYour step: Find it.',
    );
  });

  it('needs help when a tool waits for a decision, and fails when it comes to no end', async () => {
    const ask = defineTool({
      name: 'look_up',
      description: '',
      input: z.object({}),
      approval: 'ask',
      execute: () => 1,
    });
    const asking = new ExecutorAgent({
      id: 'e',
      client: script([calls({ name: 'look_up' })]).client,
      tools: [ask],
    });
    expect(await asking.execute('Go.')).toMatchObject({
      status: 'need_help',
      summary: 'waits for a decision about look_up',
      reply: { pending: { agent_id: 'e' } },
    });
    const { pending } = (
      await new ExecutorAgent({
        id: 'e',
        client: script([calls({ name: 'look_up' })]).client,
        tools: [ask],
      }).execute('Go.')
    ).reply;
    const report = json({ status: 'success', summary: 'found 1' });
    const deciding = new ExecutorAgent({
      id: 'e',
      client: script(['It is 1.', report]).client,
      tools: [ask],
    });
    if (pending === undefined) throw new Error('nothing waits');
    expect(await deciding.resumeWork(pending, { call_1_1: 'allow' })).toMatchObject({
      status: 'success',
      summary: 'found 1',
      reply: { steps: 3, toolRuns: [{ status: 'ok', result: 1 }] },
    });
    const { client } = script([calls({ name: 'look_up' })]);
    const limited = new ExecutorAgent({ id: 'e', client, tools: [lookUp], limits: { steps: 1 } });
    expect(await limited.execute('Go.')).toMatchObject({
      status: 'failure',
      summary: 'ended with max_steps',
    });
  });
});

describe('CriticAgent', () => {
  const criteria = ['It is short.', 'It names a source.'];
  const judged = (...met: boolean[]) =>
    json({
      criteria: Object.fromEntries(met.map((each, i) => [`criterion_${i + 1}`, { met: each, reason: 'so' }])),
      feedback: 'Name a source.',
    });

  it.each([
    [true, true, true],
    [true, false, false],
  ])('judges each criterion (%j, %j), and counts itself', async (first, second, passed) => {
    const { client } = script([judged(first, second)]);
    const result = await new CriticAgent({ id: 'c', client, criteria }).review({
      work: 'Text.',
      goal: 'A text.',
    });
    expect(result).toMatchObject({
      ok: true,
      verdict: {
        passed,
        criteria: [
          { criterion: 'It is short.', met: first },
          { criterion: 'It names a source.', met: second },
        ],
        feedback: 'Name a source.',
      },
    });
    expect(client.calls[0]?.messages.at(-1)?.content).toBe('Goal: A text.\n\nWork:\nText.');
  });

  it('gives no verdict that leaves a criterion out', async () => {
    const { client } = script([judged(true), judged(true)]);
    expect(await new CriticAgent({ id: 'c', client, criteria }).review({ work: 'Text.' })).toMatchObject({
      ok: false,
      issues: [{ path: ['criteria', 'criterion_2'] }],
    });
  });

  it('wants criteria', () => {
    expect(() => new CriticAgent({ id: 'c', client: script([]).client, criteria: [] })).toThrow(
      InvalidAgentError,
    );
  });
});

describe('RouterAgent', () => {
  const poet = defineAgent({ id: 'poet', respond: () => 'a poem' });
  const clerk = defineAgent({ id: 'clerk', description: 'knows the forms', respond: () => 'a form' });

  it('has the agent answer that the model chooses', async () => {
    const { client, events } = script([json({ reason: 'it is about forms', next: 'clerk' })]);
    const router = new RouterAgent({ id: 'r', client, agents: [poet, clerk] });
    expect(await router.respond({ content: 'Which form?' })).toMatchObject({
      content: 'a form',
      answeredBy: 'clerk',
    });
    expect(only(events, 'message')).toMatchObject([
      {
        from: 'r',
        to: 'clerk',
        call_id: client.calls[0]?.callId,
        content: 'Which form?',
        status: 'delivered',
      },
      { status: 'handled' },
      { from: 'clerk', to: 'r', content: 'a form' },
    ]);
  });

  it('streams what the chosen agent streams, and counts what it took to choose', async () => {
    const { client } = script([
      { reply: { json: { reason: 'so', next: 'x' }, usage: { input: 10, output: 1 } } },
      { reply: { text: ['one ', 'two'], usage: { input: 5, output: 2 } } },
    ]);
    const simple = new SimpleAgent({ id: 'x', client });
    const stream = new RouterAgent({ id: 'r', client, agents: [simple, poet] }).stream({ content: '?' });
    const texts: string[] = [];
    for await (const text of stream) texts.push(text);
    expect(texts).toEqual(['one ', 'two']);
    expect(await stream.result()).toMatchObject({
      answeredBy: 'x',
      usage: { inputTokens: 15, outputTokens: 3 },
    });
  });

  it.each<[string, ScriptedStep[]]>([
    ['says nothing that fits', [json({ next: 'x' }), json({})]],
    [
      'cannot be asked',
      [{ error: new ProviderError('down', { status: 503, code: 'server_error' } as never) }],
    ],
  ])('falls back when the model %s', async (_, steps) => {
    const { client } = script(steps);
    const router = new RouterAgent({ id: 'r', client, agents: [poet, clerk], fallback: 'clerk' });
    expect(await router.route({ content: '?' })).toMatchObject({ agent: clerk, by: 'fallback' });
  });

  it('does not ask where there is one, and passes an abort on', async () => {
    const { client } = script([]);
    expect(await new RouterAgent({ id: 'r', client, agents: [poet] }).route({ content: '?' })).toMatchObject({
      agent: poet,
    });
    const reason = new Error('enough');
    const router = new RouterAgent({ id: 'r', client, agents: [poet, clerk] });
    await expect(router.respond({ content: '?' }, { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
  });

  it.each([
    [[], undefined],
    [[poet, poet], undefined],
    [[poet], 'nobody'],
  ])('refuses %j with the fallback %j', (agents, fallback) => {
    const { client } = script([]);
    expect(() => new RouterAgent({ id: 'r', client, agents, ...(fallback && { fallback }) })).toThrow(
      InvalidAgentError,
    );
  });
});

describe('agents as tools', () => {
  it('are asked under the call that asks, and count against the limits', async () => {
    const { client, events } = script([
      {
        agent: 'boss',
        reply: {
          toolCalls: [{ name: 'ask_expert_1', arguments: { message: 'How?' } }],
          usage: { input: 10, output: 0 },
        },
      },
      { agent: 'expert/1', reply: { text: 'So.', usage: { input: 100, output: 0 } } },
      { agent: 'boss', reply: { text: 'It goes so.', usage: { input: 10, output: 0 } } },
    ]);
    const expert = new SimpleAgent({ id: 'expert/1', client, description: 'knows how' });
    const boss = new SimpleAgent({ id: 'boss', client, tools: [agentTool(expert)] });
    const reply = await boss.respond({ content: 'How?' });
    expect(reply).toMatchObject({ content: 'It goes so.', usage: { inputTokens: 120 } });
    const [first, inner] = only(events, 'call.start');
    expect(inner).toMatchObject({ parent_call_id: first?.call_id, agent: { id: 'expert/1' } });
    expect(only(events, 'message').map(({ from, to }) => [from, to])).toEqual([
      ['boss', 'expert/1'],
      [undefined, undefined],
      ['expert/1', 'boss'],
    ]);
  });

  it('tell the model when they come to no answer', async () => {
    const { client } = script([calls({ name: 'ask_e', arguments: { message: '' } }), 'ok']);
    const expert = defineAgent({ id: 'e', respond: () => ({ content: 'half', stopReason: 'max_steps' }) });
    const boss = new SimpleAgent({ id: 'boss', client, tools: [agentTool(expert)] });
    expect((await boss.respond({ content: '?' })).toolRuns).toMatchObject([
      { status: 'error', content: '{"error":"e came to no answer (max_steps); so far: half"}' },
    ]);
  });
});

describe('ChaosAgent', () => {
  it('is as hot and strange as it is told', async () => {
    const { client } = script(['a', 'b', 'c', 'd']);
    const message = { content: 'A bridge?' };
    await new ChaosAgent({ id: 'x', client, chaos: 0 }).respond(message);
    await new ChaosAgent({ id: 'x', client, chaos: 1, persona: 'poet', seed: 1 }).respond(message);
    await new ChaosAgent({ id: 'y', client, chaos: 1, persona: 'poet', seed: 1 }).respond(message);
    await new ChaosAgent({ id: 'x', client, chaos: 1, seed: 2, parameters: { temperature: 0.7 } }).respond(
      message,
    );
    const [calm, wild, same, other] = client.calls;
    const systemOf = (call: typeof calm) => String(call?.messages[0]?.content);
    expect([calm, wild, other].map((call) => call?.body.temperature)).toEqual([0.4, 1.4, 0.7]);
    expect(systemOf(calm)).toMatch(/^You are the creative[\s\S]*one surprising turn is enough\. [^.]+\.$/);
    expect(systemOf(wild).startsWith(personas.poet)).toBe(true);
    expect(systemOf(wild)).toMatch(/Hold back nothing/);
    expect(systemOf(same)).toBe(systemOf(wild));
    expect(systemOf(other)).not.toBe(systemOf(wild).replace(personas.poet, CHAOS_PROMPT));
  });

  it.each([{ chaos: 1.1 }, { chaos: Number.NaN }, { chaos: '1' }, { persona: 'toString' as Persona }])(
    'refuses %j',
    (options) => {
      expect(() => new ChaosAgent({ id: 'x', client: script([]).client, ...(options as object) })).toThrow(
        InvalidAgentError,
      );
    },
  );
});

describe('defineAgent', () => {
  it('makes an agent of a function: of texts, replies and streams', async () => {
    async function* words() {
      yield 'one ';
      yield 'two';
    }
    const streaming = defineAgent({ id: 's', respond: words });
    const texts: string[] = [];
    for await (const text of streaming.stream({ content: '' })) texts.push(text);
    expect(texts).toEqual(['one ', 'two']);
    expect(await streaming.respond({ content: '' })).toEqual({ content: 'one two' });
    expect(await defineAgent({ id: 't', respond: async () => 'x' }).respond({ content: '' })).toEqual({
      content: 'x',
    });
    await expect(
      defineAgent({ id: 'n', respond: () => 7 as never }).respond({ content: '' }),
    ).rejects.toThrow(TypeError);
    expect(() => defineAgent({ id: 'n' } as never)).toThrow(InvalidAgentError);
  });
});

describe('HumanAgent', () => {
  const terminal = () => {
    const input = new PassThrough();
    const output = new PassThrough();
    return { input, output, agent: new HumanAgent({ id: 'ada', input, output }) };
  };

  it('asks at the terminal, one line for each message', async () => {
    const { input, output, agent } = terminal();
    input.write('first\nsecond\nthird');
    expect(await agent.respond({ content: 'One?\u001b[2J', from: 'bot' })).toEqual({ content: 'first' });
    expect(String(output.read())).toBe('bot: One?[2J\nada> ');
    expect((await agent.respond({ content: 'Two?' })).content).toBe('second');
    input.end();
    expect((await agent.respond({ content: 'Three?' })).content).toBe('third');
    await expect(agent.respond({ content: 'Four?' })).rejects.toThrow(NobodyThereError);
  });

  it('stops waiting when it is aborted, and can be asked again', async () => {
    const { input, agent } = terminal();
    const controller = new AbortController();
    const reason = new Error('enough');
    const asked = agent.respond({ content: '?' }, { signal: controller.signal });
    setImmediate(() => controller.abort(reason));
    await expect(asked).rejects.toBe(reason);
    input.write('yes\n');
    expect((await agent.respond({ content: '??' })).content).toBe('yes');
    agent.close();
    await expect(agent.respond({ content: '???' })).rejects.toThrow(NobodyThereError);
  });

  it('asks through a function, which cannot hang it', async () => {
    const agent = new HumanAgent({ id: 'ada', ask: ({ content }) => `${content}!` });
    expect(await agent.respond({ content: 'Yes' })).toEqual({ content: 'Yes!' });
    const never = new HumanAgent({ id: 'ada', ask: () => new Promise(() => {}) });
    await expect(never.respond({ content: '' }, { signal: AbortSignal.timeout(10) })).rejects.toThrow(
      /timeout/i,
    );
  });
});

describe('generateObject and attachments', () => {
  it('answer any agent’s conversation with an object, and show it images', async () => {
    const { client } = script(['A cat.', json({ animal: 'cat' }), 'ok']);
    const agent = new SimpleAgent({ id: 'a', client });
    const image = { type: 'image_url' as const, image_url: { url: 'data:image/png;base64,AA==' } };
    await agent.respond({ content: 'What is it?', attachments: [image] });
    const made = await agent.generateObject(
      { content: 'As an object.' },
      { schema: z.object({ animal: z.enum(['cat']) }) },
    );
    expect(made).toMatchObject({ ok: true, object: { animal: 'cat' }, reply: { stopReason: 'done' } });
    await agent.respond({ content: 'Thanks.' });
    expect(client.calls[2]?.messages).toMatchObject([
      { content: [{ type: 'text', text: 'What is it?' }, image] },
      { content: 'A cat.' },
      { content: 'As an object.' },
      { content: '{"animal":"cat"}' },
      { content: 'Thanks.' },
    ]);
  });
});
