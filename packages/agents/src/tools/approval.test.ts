import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { calls, only, scripted } from '../../test/support.ts';
import { type Approval, defineTool, InvalidResumeError, type PendingApproval } from '../index.ts';

/** A shop whose tools really change something. */
function shop() {
  const sold: { item: string; key: string }[] = [];
  const buy = defineTool({
    name: 'buy',
    description: 'Buys.',
    input: z.object({ item: z.string(), price: z.number() }),
    approval: ({ price }) => (price > 100 ? 'ask' : 'allow'),
    execute: ({ item }, { idempotencyKey }) => {
      sold.push({ item, key: idempotencyKey });
      return `sold ${item}`;
    },
  });
  return { sold, buy };
}

const car = { name: 'buy', arguments: { item: 'car', price: 9_000 } };
const pen = { name: 'buy', arguments: { item: 'pen', price: 1 } };

async function pend() {
  const { buy, sold } = shop();
  const { agent, events } = scripted([calls(car, pen)], { tools: [buy] });
  const reply = await agent.respond({ content: 'Buy a car and a pen.', from: 'ada' });
  return { reply, sold, events, pending: JSON.parse(JSON.stringify(reply.pending)) as PendingApproval };
}

describe('approvals', () => {
  it('end the answer when somebody has to be asked, before anything runs', async () => {
    const { reply, sold, events, pending } = await pend();
    expect(reply).toMatchObject({ stopReason: 'approval', content: '', messages: [] });
    expect(sold).toEqual([]);
    expect(only(events, 'tool.start')).toEqual([]);
    expect(pending).toMatchObject({
      version: 1,
      agent_id: 'a',
      message: { content: 'Buy a car and a pen.', from: 'ada' },
      added: 1,
      spent: { steps: 1 },
      tool_calls: [
        { id: 'call_1_1', name: 'buy', arguments: { item: 'car', price: 9_000 }, needs_decision: true },
        { id: 'call_1_2', name: 'buy', needs_decision: false },
      ],
    });
  });

  it('go on as decided, with an agent that knows nothing but what was written down', async () => {
    const { pending, reply: first } = await pend();
    const { buy, sold } = shop();
    const { agent, client } = scripted(['Both are yours.', 'next'], { tools: [buy] });
    const reply = await agent.resume(pending, { call_1_1: 'allow' });
    expect(reply).toMatchObject({ content: 'Both are yours.', stopReason: 'done', steps: 2 });
    expect(sold.map(({ item }) => item)).toEqual(['car', 'pen']);
    expect(client.calls[0]?.messages).toMatchObject([
      { role: 'user', content: 'Buy a car and a pen.' },
      { role: 'assistant' },
      { role: 'tool', content: 'sold car' },
      { role: 'tool', content: 'sold pen' },
    ]);
    expect(reply.messages).toHaveLength(4);
    expect(first.callId).toBe(pending.call_id);
    // The conversation goes on with what was remembered.
    await agent.respond({ content: 'Thanks.' });
    expect(client.calls[1]?.messages).toHaveLength(6);
  });

  it('keep the key of a tool call from one process to the next', async () => {
    const { pending } = await pend();
    const keys = [];
    for (const _ of [1, 2]) {
      const { buy, sold } = shop();
      await scripted(['ok'], { tools: [buy] }).agent.resume(pending, { call_1_1: 'allow' });
      keys.push(sold.map(({ key }) => key));
    }
    expect(keys[0]).toEqual(keys[1]);
    expect(new Set(keys[0]).size).toBe(2);
  });

  it('tell the model what was denied, and why', async () => {
    const { pending } = await pend();
    const { buy, sold } = shop();
    const { agent, events } = scripted(['A pen, then.'], { tools: [buy] });
    const reply = await agent.resume(pending, { call_1_1: { deny: 'too dear' } });
    expect(reply.toolRuns).toMatchObject([
      { status: 'denied', content: '{"error":"too dear"}', attempts: 0 },
      { status: 'ok' },
    ]);
    expect(sold.map(({ item }) => item)).toEqual(['pen']);
    expect(
      only(events, 'tool.end')
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['denied', 'ok']);
  });

  it.each<[string, (pending: PendingApproval) => unknown, Record<string, unknown>, RegExp]>([
    ['no decision', (pending) => pending, {}, /buy \(call_1_1\) waits for a decision/],
    [
      'a decision about nothing',
      (pending) => pending,
      { call_1_1: 'allow', x: 'allow' },
      /about x, which is no tool call/,
    ],
    ['a decision that is none', (pending) => pending, { call_1_1: 'yes' }, /must be allow, deny/],
    [
      'another agent’s',
      (pending) => ({ ...pending, agent_id: 'b' }),
      { call_1_1: 'allow' },
      /one of the agent b/,
    ],
    ['another version', (pending) => ({ ...pending, version: 2 }), { call_1_1: 'allow' }, /version is 2/],
    ['half of it', ({ messages: _, ...rest }) => rest, { call_1_1: 'allow' }, /not whole/],
    ['nothing', () => null, {}, /version is undefined/],
    [
      'one that says nobody has to be asked',
      (pending) => ({
        ...pending,
        tool_calls: pending.tool_calls.map((call) => ({ ...call, needs_decision: false })),
      }),
      {},
      /waits for a decision/,
    ],
  ])('refuse to go on with %s', async (_, change, decisions, message) => {
    const { pending } = await pend();
    const { buy, sold } = shop();
    const resuming = scripted([], { tools: [buy] }).agent.resume(
      change(pending) as PendingApproval,
      decisions as never,
    );
    await expect(resuming).rejects.toThrow(InvalidResumeError);
    await expect(resuming).rejects.toThrow(message);
    expect(sold).toEqual([]);
  });

  it.each<[string, Approval, Approval | undefined, string]>([
    ['the tool', 'deny', 'allow', 'denied'],
    ['the agent', 'allow', { deny: 'not today' }, 'denied'],
    ['both', 'allow', undefined, 'ok'],
    ['what is no decision', 'perhaps' as Approval, 'allow', 'denied'],
  ])('are decided by the stricter of two: %s', async (_, own, agents, status) => {
    const tool = defineTool({
      name: 'f',
      description: '',
      input: z.object({}),
      approval: own,
      execute: () => 1,
    });
    const { agent } = scripted([calls({ name: 'f' }), 'ok'], { tools: [tool], approve: () => agents });
    expect((await agent.respond({ content: '?' })).toolRuns).toMatchObject([{ status }]);
  });

  it('deny when they fail', async () => {
    const tool = defineTool({ name: 'f', description: '', input: z.object({}), execute: () => 1 });
    const approve = () => {
      throw new Error('no connection');
    };
    const { agent } = scripted([calls({ name: 'f' }), 'ok'], { tools: [tool], approve });
    expect((await agent.respond({ content: '?' })).toolRuns).toMatchObject([
      { status: 'denied', content: expect.stringContaining('no connection') },
    ]);
  });
});
