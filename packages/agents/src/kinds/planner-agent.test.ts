import { describe, expect, it } from 'vitest';
import { json, script } from '../../test/support.ts';
import { InvalidAgentError, PlannerAgent, toWaves } from '../index.ts';

describe('PlannerAgent', () => {
  const owners = [
    { id: 'reader', role: 'executor', description: 'reads files' },
    { id: 'writer', role: 'executor', description: undefined },
  ];
  const step = (id: string, dependsOn: string[] = [], owner = 'reader') => ({
    id,
    task: `do ${id}`,
    dependsOn,
    owner,
  });

  it('makes a plan that can be carried out', async () => {
    const { client } = script([
      json({ steps: [step('c', ['a', 'b']), step('a'), step('b', ['a'], 'writer')] }),
    ]);
    const result = await new PlannerAgent({ id: 'p', client, owners }).plan('Write a report.');
    if (!result.ok) throw new Error('no plan');
    expect(result.plan.steps).toHaveLength(3);
    expect(toWaves(result.plan.steps).map((wave) => wave.map(({ id }) => id))).toEqual([['a'], ['b'], ['c']]);
    expect(client.calls[0]?.messages).toMatchObject([
      { content: expect.stringMatching(/- reader: reads files\n- writer: executor/) },
      { content: 'Write a report.' },
    ]);
  });

  it.each([
    ['an id given twice', [step('a'), step('a')], /two steps with the id a/],
    ['a dependency on nothing', [step('a', ['z'])], /a depends on z, which is no step/],
    ['a circle', [step('a', ['b']), step('b', ['a']), step('c')], /wait for each other: a, b/],
    ['a step that waits for itself', [step('a', ['a'])], /wait for each other: a/],
    ['an owner who does not exist', [step('a', [], 'nobody')], /reader/],
    ['no step', [], /./],
  ])('tells the model of %s, and then it is data', async (_, steps, message) => {
    const { client } = script([json({ steps }), json({ steps })]);
    const result = await new PlannerAgent({ id: 'p', client, owners }).plan('Go.');
    expect(result).toMatchObject({
      ok: false,
      reply: { stopReason: 'invalid_object', content: '', steps: 2 },
    });
    expect(result.ok ? '' : result.issues.map((issue) => issue.message).join()).toMatch(message);
    expect(JSON.stringify(client.calls[1]?.messages.at(-1))).toMatch(message);
  });

  it('answers with the plan as JSON, repaired if need be', async () => {
    const good = { steps: [{ id: 'a', task: 'do a', dependsOn: [] }] };
    const { client } = script([json({ steps: [] }), json(good)]);
    const stream = new PlannerAgent({ id: 'p', client }).stream({ content: 'Go.' });
    expect(JSON.parse((await stream.result()).content)).toEqual(good);
  });

  it('refuses what makes no sense', () => {
    const { client } = script([]);
    expect(() => new PlannerAgent({ id: 'p', client, maxSteps: 0 })).toThrow(InvalidAgentError);
    expect(() => new PlannerAgent({ id: 'p', client, owners: [...owners, ...owners] })).toThrow(
      InvalidAgentError,
    );
  });
});
