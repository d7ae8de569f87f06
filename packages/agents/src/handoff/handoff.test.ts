import type { LogEvent } from '@pd/call-log/schema';
import { createScriptedClient, type ScriptedStep } from '@pd/llm-client/testing';
import { describe, expect, it } from 'vitest';
import { calls, only } from '../../test/support.ts';
import { createInMemoryStore, defineAgent, handoffTo, SimpleAgent } from '../index.ts';
import type { HandoffHistory } from './handoff.ts';

const over = (note = 'needs money back') => calls({ name: 'hand_over_to_money', arguments: { note } });

function desk(steps: readonly ScriptedStep[], history?: HandoffHistory) {
  const events: LogEvent[] = [];
  const client = createScriptedClient(steps, { logger: (event) => events.push(event) });
  const money = new SimpleAgent({ id: 'money', client, systemPrompt: 'You pay.' });
  const tools = [handoffTo(money, history === undefined ? {} : { history })];
  const front = new SimpleAgent({ id: 'front', client, systemPrompt: 'You greet.', tools });
  return { front, money, client, events };
}

describe('handoffTo', () => {
  it('lets the other agent answer, with the conversation and the note, and shows the edge', async () => {
    const { front, client, events } = desk(['Hello.', over(), 'Paid.', 'Bye.']);
    await front.respond({ content: 'Hi.', from: 'user' });
    const reply = await front.respond({ content: 'My money, please.', from: 'user' });
    expect(reply).toMatchObject({ content: 'Paid.', answeredBy: 'money', stopReason: 'done', steps: 2 });
    expect(client.calls[2]?.messages).toEqual([
      { role: 'system', content: 'You pay.' },
      { role: 'user', content: 'Hi.' },
      { role: 'assistant', content: 'Hello.' },
      { role: 'user', content: '[Handed over by front: needs money back]' },
      { role: 'user', content: 'My money, please.' },
    ]);
    const starts = only(events, 'call.start');
    expect(starts[2]).toMatchObject({ parent_call_id: starts[1]?.call_id });
    expect(only(events, 'message')).toMatchObject([
      { from: 'front', to: 'money', call_id: starts[1]?.call_id, content: 'needs money back' },
      { status: 'handled' },
    ]);
    // The first agent can be asked again: it knows that it has handed over, and what came of it.
    await front.respond({ content: 'Thanks.', from: 'user' });
    expect(client.calls[3]?.messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'user',
      'assistant',
      'tool',
      'assistant',
      'user',
    ]);
  });

  it.each<[HandoffHistory, string[]]>([
    ['none', []],
    [{ last: 1 }, ['Hello.']],
    [(said) => said.slice(0, 1), ['Hi.']],
  ])('shows of the conversation what it is told to: %o', async (history, shown) => {
    const { front, client } = desk(['Hello.', over(), 'Paid.'], history);
    await front.respond({ content: 'Hi.' });
    await front.respond({ content: 'My money, please.' });
    const [, ...rest] = client.calls[2]?.messages ?? [];
    expect(rest.slice(0, -2).map(({ content }) => content)).toEqual(shown);
  });

  it('streams the answer of the other', async () => {
    const { front } = desk([over(), 'Paid.']);
    const stream = front.stream({ content: 'My money, please.' });
    let text = '';
    for await (const piece of stream) text += piece;
    expect(text).toBe('Paid.');
    expect(await stream.result()).toMatchObject({ answeredBy: 'money' });
  });

  it('is told instead of followed to whoever asks for that', async () => {
    const { front, client, events } = desk([over(), over()]);
    const reply = await front.respond({ content: 'My money, please.' }, { handoffs: 'return' });
    expect(reply).toMatchObject({
      stopReason: 'ended_by_tool',
      handoff: { to: 'money', note: 'needs money back' },
    });
    expect(await front.stream({ content: 'Please!' }, { handoffs: 'return' }).result()).toMatchObject({
      handoff: { to: 'money' },
    });
    expect(client.calls).toHaveLength(2);
    expect(only(events, 'message')).toEqual([]);
  });

  it('can go on to an agent that asks no model, and its failure is on record', async () => {
    const events: LogEvent[] = [];
    const client = createScriptedClient([over()], { logger: (event) => events.push(event) });
    const money = defineAgent({ id: 'money', respond: () => Promise.reject(new Error('closed')) });
    const front = new SimpleAgent({ id: 'front', client, tools: [handoffTo(money)] });
    await expect(front.respond({ content: 'Hm?' })).rejects.toThrow('closed');
    expect(only(events, 'message').at(-1)).toMatchObject({ status: 'rejected' });
  });

  it('ends between agents that hand over for ever', async () => {
    const steps = Array.from({ length: 11 }, (_, i) =>
      calls({ name: i % 2 === 0 ? 'hand_over_to_b' : 'hand_over_to_a', arguments: { note: '' } }),
    );
    const client = createScriptedClient(steps);
    const a: SimpleAgent = new SimpleAgent({ id: 'a', client, tools: () => [handoffTo(b)] });
    const b = new SimpleAgent({ id: 'b', client, tools: [handoffTo(a)] });
    const reply = await a.respond({ content: 'Hm?' });
    expect(reply).toMatchObject({ stopReason: 'max_handoffs', steps: 11 });
    expect(client.calls).toHaveLength(11);
  });

  it('on one session: the one who answers keeps the exchange, once', async () => {
    const memory = createInMemoryStore();
    const client = createScriptedClient([over(), 'Paid.']);
    const money = new SimpleAgent({ id: 'money', client, memory, session: 's' });
    const front = new SimpleAgent({ id: 'front', client, memory, session: 's', tools: [handoffTo(money)] });
    await front.respond({ content: 'My money, please.', from: 'user' });
    const kept = await memory.read('s');
    expect(kept.map(({ message, agentId }) => [agentId, message.content])).toEqual([
      ['user', 'My money, please.'],
      ['money', 'Paid.'],
    ]);
  });

  it('with a memory of its own only, the first agent keeps what the other answered', async () => {
    const memory = createInMemoryStore();
    const client = createScriptedClient([over(), 'Paid.']);
    const money = new SimpleAgent({ id: 'money', client });
    const front = new SimpleAgent({ id: 'front', client, memory, session: 's', tools: [handoffTo(money)] });
    await front.respond({ content: 'My money, please.' });
    const kept = await memory.read('s');
    expect(kept.map(({ message, agentId }) => [message.role, agentId])).toEqual([
      ['user', undefined],
      ['assistant', 'front'],
      ['tool', 'front'],
      ['assistant', 'money'],
    ]);
  });

  it.each([[undefined], [{ last: 0 }], ['some']])('refuses %o as an agent or a history', (wrong) => {
    const client = createScriptedClient([]);
    const agent = new SimpleAgent({ id: 'x', client });
    if (wrong === undefined) expect(() => handoffTo(wrong as never)).toThrow('needs an agent');
    else expect(() => handoffTo(agent, { history: wrong as never })).toThrow('history');
  });
});
