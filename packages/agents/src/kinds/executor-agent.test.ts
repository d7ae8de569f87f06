import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { calls, json, script } from '../../test/support.ts';
import { defineTool, ExecutorAgent } from '../index.ts';

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
