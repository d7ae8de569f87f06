import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { json, script } from '../../test/support.ts';
import { SimpleAgent } from '../index.ts';

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

describe('a history that is given', () => {
  it('is shown in the place of what the agent remembers, and the question says who asks where others do', async () => {
    const { client } = script(['one', 'two', 'three']);
    const agent = new SimpleAgent({ id: 'a', client, systemPrompt: 'Be brief.' });
    await agent.respond({ content: 'Hello.', from: 'user' });
    const said = { role: 'user' as const, content: 'I am Bo.' };
    await agent.respond({ content: 'And you?', from: 'Bo B.' }, { history: [{ ...said, name: 'Bo_B_' }] });
    await agent.respond({ content: 'And you?', from: 'Bo B.' }, { history: [said] });
    const system = { role: 'system', content: 'Be brief.' };
    expect(client.calls[1]?.messages).toEqual([
      system,
      { role: 'user', name: 'Bo_B_', content: 'I am Bo.' },
      { role: 'user', name: 'Bo_B_', content: 'And you?' },
    ]);
    expect(client.calls[2]?.messages).toEqual([system, said, { role: 'user', content: 'And you?' }]);
  });
});
