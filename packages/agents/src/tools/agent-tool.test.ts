import { describe, expect, it } from 'vitest';
import { calls, only, script } from '../../test/support.ts';
import { agentTool, defineAgent, SimpleAgent } from '../index.ts';

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

  it('come to an end when they ask each other', async () => {
    const steps = Array.from({ length: 50 }, () => ({
      reply: ({ agent }: { agent: string }) => ({
        toolCalls: [{ name: agent === 'a' ? 'ask_b' : 'ask_a', arguments: { message: 'You?' } }],
      }),
    }));
    const { client } = script(steps);
    const limits = { steps: 2 };
    const other = defineAgent({ id: 'b', respond: (message, options) => b.respond(message, options) });
    const a = new SimpleAgent({ id: 'a', client, limits, tools: [agentTool(other)] });
    const b = new SimpleAgent({ id: 'b', client, limits, tools: [agentTool(a)] });
    const reply = await a.respond({ content: 'Who?' });
    expect(reply).toMatchObject({ stopReason: 'max_steps' });
    expect(client.calls).toHaveLength(12);
    expect(client.calls[6]?.messages.at(-1)?.content).toMatch(
      /too deeply: a → b → a → b → a → b → a; answer/,
    );
  });
});
