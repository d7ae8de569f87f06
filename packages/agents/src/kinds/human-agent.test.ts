import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { HumanAgent, NobodyThereError } from '../index.ts';

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
