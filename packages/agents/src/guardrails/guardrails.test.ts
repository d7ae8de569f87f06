import type { ScriptedStep } from '@pd/llm-client/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { only, scripted } from '../../test/support.ts';
import { type Guardrail, GuardrailError, InvalidAgentError } from '../index.ts';

const short = { name: 'short', check: z.string().max(5, 'too long') };
const noSecrets: Guardrail = (text) =>
  text.includes('secret') ? { type: 'block', reason: 'a secret' } : undefined;

async function textOf(stream: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of stream) text += piece;
  return text;
}

describe('input guardrails', () => {
  it.each<[string, Guardrail, string, string]>([
    ['a function', noSecrets, 'noSecrets', 'a secret'],
    ['a schema', short, 'short', 'too long'],
    [
      'a retry, which an input cannot have',
      () => ({ type: 'retry', feedback: 'again' }),
      'input guardrail 1',
      'again',
    ],
  ])('block by %s, and the model hears nothing', async (_, guardrail, name, reason) => {
    const { agent, events } = scripted([], { guardrails: { input: [guardrail] } });
    expect(await agent.respond({ content: 'my secret' })).toMatchObject({
      content: '',
      stopReason: 'blocked',
      blockedBy: { name, on: 'input', reason },
    });
    expect(only(events, 'call.start')).toEqual([]);
    expect(only(events, 'log')).toMatchObject([
      { agent_id: 'a', message: expect.stringContaining(name), fields: { guardrail: name, on: 'input' } },
    ]);
  });

  it('rewrite, one after the other', async () => {
    const { agent, client } = scripted(['ok'], {
      guardrails: {
        input: [
          z.string().trim(),
          (text) => ({ type: 'rewrite', content: text.replace('4711', '****') }),
          (text) => (text === 'card ****' ? { type: 'pass' } : { type: 'block', reason: text }),
        ],
      },
    });
    await agent.respond({ content: '  card 4711 ' });
    expect(client.calls[0]?.messages).toEqual([{ role: 'user', content: 'card ****' }]);
  });
});

describe('output guardrails', () => {
  it('have the model answer again, and keep the answer that passed alone', async () => {
    const { agent, client, events } = scripted(['far too long', 'short', 'next'], {
      guardrails: { output: [short] },
    });
    const reply = await agent.respond({ content: '?' });
    expect(reply).toMatchObject({ content: 'short', stopReason: 'done', steps: 2 });
    expect(client.calls[1]?.messages.slice(1)).toEqual([
      { role: 'assistant', content: 'far too long' },
      { role: 'user', content: 'too long' },
    ]);
    expect(only(events, 'log')).toMatchObject([
      { call_id: client.calls[0]?.callId, fields: { verdict: { type: 'retry', feedback: 'too long' } } },
    ]);
    await agent.respond({ content: '!' });
    expect(client.calls[2]?.messages.map(({ content }) => content)).toEqual(['?', 'short', '!']);
  });

  it('let the model try again only so often', async () => {
    const { agent, client } = scripted(['too long 1', 'too long 2'], {
      guardrails: { output: [short], maxRetries: 1 },
    });
    expect(await agent.respond({ content: '?' })).toMatchObject({
      content: '',
      stopReason: 'blocked',
      blockedBy: { name: 'short', on: 'output', reason: 'too long' },
      steps: 2,
      messages: [],
    });
    client.done();
  });

  it('stop at the limit of steps', async () => {
    const { agent } = scripted(['too long 1'], { guardrails: { output: [short] }, limits: { steps: 1 } });
    expect(await agent.respond({ content: '?' })).toMatchObject({ stopReason: 'max_steps', content: '' });
  });

  it('see the answer before anybody who reads the stream', async () => {
    const guardrails = {
      output: [(text: string) => ({ type: 'rewrite' as const, content: text.toUpperCase() })],
    };
    const { agent } = scripted([{ reply: { text: ['it is ', 'so'] } }], { guardrails });
    expect(await textOf(agent.stream({ content: '?' }))).toBe('IT IS SO');
    const blocking = scripted(['a secret'], { guardrails: { output: [noSecrets] } });
    const stream = blocking.agent.stream({ content: '?' });
    expect(await textOf(stream)).toBe('');
    expect(await stream.result()).toMatchObject({ stopReason: 'blocked' });
  });
});

describe('guardrails that fail', () => {
  it.each<[string, Guardrail]>([
    [
      'throws',
      () => {
        throw new Error('down');
      },
    ],
    ['says what is no verdict', (() => ({ type: 'fine' })) as never],
    ['says true', (() => true) as never],
    ['says half of one', (() => ({ type: 'rewrite' })) as never],
  ])('let nothing pass: one that %s', async (_, check) => {
    const options = { guardrails: { input: [{ name: 'mine', check: check as never }] } };
    const responding = scripted([], options).agent.respond({ content: '?' });
    await expect(responding).rejects.toThrow(GuardrailError);
    await expect(responding).rejects.toMatchObject({ code: 'guardrail_failed', guardrail: 'mine' });
  });

  it('are no failure when the answer is aborted', async () => {
    const reason = new Error('enough');
    const { agent } = scripted([], { guardrails: { input: [noSecrets] } });
    await expect(agent.respond({ content: '?' }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('answers that end before they are done', () => {
  it('show only what the guardrails let pass', async () => {
    const step = (text: string): ScriptedStep => ({ reply: { text, toolCalls: [{ name: 'none' }] } });
    for (const [text, content] of [
      ['a secret', ''],
      ['fine', 'fine'],
    ] as const) {
      const options = { guardrails: { output: [noSecrets] }, limits: { steps: 1 } };
      const stream = scripted([step(text)], options).agent.stream({ content: '?' });
      expect(await textOf(stream)).toBe(content);
      expect(await stream.result()).toMatchObject({ stopReason: 'max_steps', content });
    }
  });
});

describe('guardrails that are none', () => {
  it.each([
    { input: [null] },
    { output: ['short'] },
    { output: [{ name: 'x' }] },
    { maxRetries: -1 },
    { maxRetries: 1.5 },
  ])('are refused: %j', (guardrails) => {
    expect(() => scripted([], { guardrails: guardrails as never })).toThrow(InvalidAgentError);
  });
});
