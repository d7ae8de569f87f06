import { describe, expect, it } from 'vitest';
import { json, script } from '../../test/support.ts';
import { CriticAgent, InvalidAgentError } from '../index.ts';

describe('CriticAgent', () => {
  const criteria = ['It is short.', 'It names a source.'];
  const judged = (...met: boolean[]) =>
    json({
      criteria: Object.fromEntries(met.map((each, i) => [`criterion_${i + 1}`, { met: each, reason: 'so' }])),
      feedback: 'Name a source.',
    });

  it.each([
    [true, true, true],
    [true, false, false],
  ])('judges each criterion (%j, %j), and counts itself', async (first, second, passed) => {
    const { client } = script([judged(first, second)]);
    const result = await new CriticAgent({ id: 'c', client, criteria }).review({
      work: 'Text.',
      goal: 'A text.',
    });
    expect(result).toMatchObject({
      ok: true,
      verdict: {
        passed,
        criteria: [
          { criterion: 'It is short.', met: first },
          { criterion: 'It names a source.', met: second },
        ],
        feedback: 'Name a source.',
      },
    });
    expect(client.calls[0]?.messages.at(-1)?.content).toBe('Goal: A text.\n\nWork:\nText.');
  });

  it('gives no verdict that leaves a criterion out', async () => {
    const { client } = script([judged(true), judged(true)]);
    expect(await new CriticAgent({ id: 'c', client, criteria }).review({ work: 'Text.' })).toMatchObject({
      ok: false,
      issues: [{ path: ['criteria', 'criterion_2'] }],
    });
  });

  it('wants criteria', () => {
    expect(() => new CriticAgent({ id: 'c', client: script([]).client, criteria: [] })).toThrow(
      InvalidAgentError,
    );
  });
});
