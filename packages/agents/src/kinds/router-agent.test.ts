import { ProviderError } from '@pd/llm-client';
import type { ScriptedStep } from '@pd/llm-client/testing';
import { describe, expect, it } from 'vitest';
import { json, only, script } from '../../test/support.ts';
import { defineAgent, InvalidAgentError, RouterAgent, SimpleAgent } from '../index.ts';

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
