import { describe, expect, it } from 'vitest';
import { json, script } from '../../test/support.ts';
import { InvalidAgentError, SupervisorAgent } from '../index.ts';

const workers = [
  { id: 'reader', role: 'executor', description: 'reads files' },
  { id: 'writer', role: 'executor', description: undefined },
];

describe('SupervisorAgent', () => {
  it('says who is to do what, from the conversation that it is shown', async () => {
    const instructions = { tasks: [{ worker: 'reader', task: 'Read a.txt.' }], answer: '' };
    const { client } = script([json(instructions)]);
    const boss = new SupervisorAgent({ id: 'boss', client, workers });
    const history = [{ role: 'user' as const, content: 'before' }];
    const reply = await boss.respond({ content: 'Go on.' }, { history });
    expect(reply.object).toEqual(instructions);
    expect(JSON.parse(reply.content)).toEqual(instructions);
    expect(client.calls[0]?.messages).toMatchObject([
      { role: 'system', content: expect.stringMatching(/- reader: reads files\n- writer: executor/) },
      { content: 'before' },
      { content: 'Go on.' },
    ]);
  });

  it.each([
    ['a worker who does not exist', { tasks: [{ worker: 'nobody', task: 'x' }], answer: '' }, /reader/],
    ['neither tasks nor an answer', { tasks: [], answer: ' ' }, /give tasks, or the answer/],
  ])('tells the model of %s', async (_, wrong, message) => {
    const { client } = script([json(wrong), json({ tasks: [], answer: 'done' })]);
    const boss = new SupervisorAgent({ id: 'boss', client, workers });
    expect((await boss.respond({ content: 'Go.' })).object).toEqual({ tasks: [], answer: 'done' });
    expect(JSON.stringify(client.calls[1]?.messages.at(-1))).toMatch(message);
  });

  it('refuses to supervise nobody', () => {
    const { client } = script([]);
    for (const wrong of [[], [...workers, ...workers]])
      expect(() => new SupervisorAgent({ id: 'boss', client, workers: wrong })).toThrow(InvalidAgentError);
  });
});
