import { createScriptedClient } from '@pd/llm-client/testing';
import { describe, expect, it } from 'vitest';
import { only, scripted } from '../../test/support.ts';
import {
  AgentError,
  createFactRecall,
  createInMemoryStore,
  createMemoryStore,
  type MemoryStore,
  SimpleAgent,
} from '../index.ts';
import { createInMemoryDriver } from '../memory/in-memory/in-memory-driver.ts';

const contents = async (memory: MemoryStore, replaced = false) =>
  (await memory.read('s', { replaced })).map(({ message }) => message.content);
const long = (word: string) => `${word} `.repeat(60).trim();

describe('a session', () => {
  it('goes on with another agent object of the same session', async () => {
    const memory = createInMemoryStore();
    const first = scripted(['Hello Ada.'], { memory, session: 's' });
    await first.agent.respond({ content: 'I am Ada.', from: 'user' });
    const second = scripted(['You are Ada.'], { memory, session: 's' });
    await second.agent.respond({ content: 'Who am I?', from: 'user' });
    expect(second.client.calls[0]?.messages).toEqual([
      { role: 'user', content: 'I am Ada.' },
      { role: 'assistant', content: 'Hello Ada.' },
      { role: 'user', content: 'Who am I?' },
    ]);
    expect(await memory.session('s')).toMatchObject({ version: 2, messages: 4 });
    expect((await memory.read('s')).map(({ agentId }) => agentId)).toEqual(['user', 'a', 'user', 'a']);
  });

  it('keeps nothing of an answer that failed, or its question when that comes first', async () => {
    const memory = createInMemoryStore();
    const failing = { error: new Error('the line is dead') };
    await expect(
      scripted([failing], { memory, session: 's' }).agent.respond({ content: 'Hm?' }),
    ).rejects.toThrow();
    expect(await contents(memory)).toEqual([]);
    const context = { writes: 'question-first' as const };
    const { agent, client } = scripted([failing, 'Yes.', 'Again, yes.'], { memory, session: 's', context });
    await expect(agent.respond({ content: 'Hm?' })).rejects.toThrow();
    expect(await contents(memory)).toEqual(['Hm?']);
    // Asked again it is the same question; asked after its answer it is another.
    await agent.respond({ content: 'Hm?' });
    expect(client.calls[1]?.messages).toEqual([{ role: 'user', content: 'Hm?' }]);
    await agent.respond({ content: 'Hm?' });
    expect(await contents(memory)).toEqual(['Hm?', 'Yes.', 'Hm?', 'Again, yes.']);
  });

  it('is shared: what another agent said is said to this one, and is stored once', async () => {
    const memory = createInMemoryStore();
    const client = createScriptedClient(['Tea.', 'Coffee.', 'Both.']);
    const [tea, coffee] = ['tea', 'coffee'].map(
      (id) => new SimpleAgent({ id, client, memory, session: 's', systemPrompt: `You are ${id}.` }),
    ) as [SimpleAgent, SimpleAgent];
    await tea.respond({ content: 'What now?', from: 'user' });
    await coffee.respond({ content: 'Tea.', from: 'tea' });
    await tea.respond({ content: 'Coffee.', from: 'coffee' });
    expect(await contents(memory)).toEqual(['What now?', 'Tea.', 'Coffee.', 'Both.']);
    expect(client.calls[2]?.messages).toEqual([
      { role: 'system', content: 'You are tea.' },
      { role: 'user', content: 'What now?' },
      { role: 'assistant', content: 'Tea.' },
      { role: 'user', content: 'Coffee.' },
    ]);
  });

  it('loses nothing when many answer at once', async () => {
    const memory = createInMemoryStore();
    const replies = Array.from({ length: 10 }, (_, i) => `answer ${i}`);
    const client = createScriptedClient(replies);
    const agent = new SimpleAgent({ id: 'a', client, memory, session: 's' });
    await Promise.all(replies.map((_, i) => agent.respond({ content: `question ${i}` })));
    const kept = await contents(memory);
    expect(kept).toHaveLength(20);
    for (let i = 0; i < 20; i += 2)
      expect([kept[i], kept[i + 1]]).toMatchObject([/^q/, /^a/].map((p) => expect.stringMatching(p)));
  });

  it('a store that fails afterwards leaves the answer in the error', async () => {
    const driver = createInMemoryDriver();
    driver.append = async () => {
      throw new Error('disk gone');
    };
    const { agent } = scripted(['Paid for.'], { memory: createMemoryStore(driver), session: 's' });
    await expect(agent.respond({ content: 'Hm?' })).rejects.toMatchObject({
      code: 'conversation_not_kept',
      reply: { content: 'Paid for.' },
    });
  });

  it('keeps an answer that was there before an abort', async () => {
    const controller = new AbortController();
    const driver = createInMemoryDriver();
    const append = driver.append.bind(driver);
    driver.append = (...given) => {
      controller.abort();
      return append(...given);
    };
    const memory = createMemoryStore(driver);
    const { agent } = scripted(['Paid for.'], { memory, session: 's' });
    const reply = await agent.respond({ content: 'Hm?' }, { signal: controller.signal });
    expect(reply.content).toBe('Paid for.');
    expect(await contents(memory)).toEqual(['Hm?', 'Paid for.']);
  });

  it.each([
    { session: 's' },
    { context: {} },
    { memory: createInMemoryStore() },
    { memory: {} as MemoryStore, session: 's' },
    { memory: createInMemoryStore(), session: '' },
    { memory: createInMemoryStore(), session: 's', context: { maxTokens: Number.NaN } },
    { memory: createInMemoryStore(), session: 's', context: { writes: 'never' as 'exchange' } },
    { memory: createInMemoryStore(), session: 's', context: { summary: { maxTokens: 1e9 } } },
  ])('refuses options that make no sense: %o', (options) => {
    expect(() => scripted([], options)).toThrow(AgentError as unknown as new () => AgentError);
  });
});

describe('a window', () => {
  it('is bounded by tokens; system, pinned and the question are always there', async () => {
    const memory = createInMemoryStore();
    await memory.append('s', { message: { role: 'user', content: 'Call me Ada.' }, pinned: true });
    for (let i = 0; i < 50; i++)
      await memory.append('s', { message: { role: 'user', content: long(`w${i}`) } });
    const context = { maxTokens: 500, summary: false };
    const { agent, client } = scripted(['Yes.'], { memory, session: 's', context });
    await agent.respond({ content: 'Hm?' });
    const sent = client.calls[0]?.messages ?? [];
    expect(sent[0]).toEqual({ role: 'user', content: 'Call me Ada.' });
    expect(sent.at(-1)).toEqual({ role: 'user', content: 'Hm?' });
    expect(sent.at(-2)).toEqual({ role: 'user', content: long('w49') });
    expect(sent.length).toBeGreaterThan(2);
    expect(sent.length).toBeLessThan(10);
  });

  it('that is passed is summed up: one call on record, with what it stands for', async () => {
    const memory = createInMemoryStore();
    for (let i = 0; i < 12; i++)
      await memory.append('s', { id: `m${i}`, message: { role: 'user', content: long(`w${i}`) } });
    const context = { maxTokens: 600 };
    const { agent, client, events } = scripted(['They said w.', 'Yes.'], { memory, session: 's', context });
    const reply = await agent.respond({ content: 'Hm?' });
    expect(reply.content).toBe('Yes.');
    const [summary] = await memory.read('s');
    expect(summary).toMatchObject({
      agentId: 'a',
      metadata: { kind: 'summary' },
      message: { role: 'user', content: '[Summary of the conversation so far]\nThey said w.' },
    });
    expect(summary?.replaces?.[0]).toBe('m0');
    expect(client.calls[1]?.messages[0]).toEqual(summary?.message);
    expect(await contents(memory, true)).toHaveLength(12 + 1 + 2);
    expect(only(events, 'call.start')[0]).toMatchObject({ metadata: { purpose: 'summary' } });
  });

  it('is used without a summary when that fails, and nothing is lost', async () => {
    const memory = createInMemoryStore();
    for (let i = 0; i < 12; i++)
      await memory.append('s', { message: { role: 'user', content: long(`w${i}`) } });
    const context = { maxTokens: 600 };
    const steps = [{ error: new Error('no') }, 'Yes.', '   ', 'Yes.'];
    const { agent, events } = scripted(steps, { memory, session: 's', context });
    await agent.respond({ content: 'Hm?' });
    await agent.respond({ content: 'Hm?' });
    expect(await contents(memory)).toHaveLength(16);
    expect(only(events, 'log').map(({ level }) => level)).toEqual(['warn', 'warn']);
  });

  it('that two agents sum up at once has one summary', async () => {
    const memory = createInMemoryStore();
    for (let i = 0; i < 12; i++)
      await memory.append('s', { message: { role: 'user', content: long(`w${i}`) } });
    const client = createScriptedClient(Array.from({ length: 4 }, () => 'text'));
    const agents = ['a', 'b'].map(
      (id) => new SimpleAgent({ id, client, memory, session: 's', context: { maxTokens: 600 } }),
    );
    await Promise.all(agents.map((agent, i) => agent.respond({ content: `q${i}` })));
    const kept = await memory.read('s');
    expect(kept.filter(({ replaces }) => replaces)).toHaveLength(1);
    expect(await contents(memory, true)).toHaveLength(12 + 1 + 4);
  });
});

describe('facts', () => {
  it('are found by their words, and shown before the question', async () => {
    const memory = createInMemoryStore();
    const { client } = scripted([]);
    const facts = createFactRecall({ memory, client, scopes: { type: 'user', id: 'ada' } });
    await facts.remember(['Ada likes green tea.', 'The office is in Graz.']);
    const asked = scripted(['Green.'], { memory, session: 's', context: { facts } });
    await asked.agent.respond({ content: 'Which tea do I like?' });
    expect(asked.client.calls[0]?.messages).toEqual([
      { role: 'user', content: '[Known from before]\n- Ada likes green tea.' },
      { role: 'user', content: 'Which tea do I like?' },
    ]);
    expect(await contents(memory)).toEqual(['Which tea do I like?', 'Green.']);
  });
});
