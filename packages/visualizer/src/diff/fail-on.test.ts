import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree } from '../fixtures/build-tree.ts';
import { diffRuns } from './diff-runs.ts';
import { judge, parseConditions } from './fail-on.ts';

const run = (fields: Parameters<typeof buildCall>[1], messages = 1) =>
  buildTree({
    agents: [buildAgent('a', [buildCall('c', fields)])],
    messages: Array.from({ length: messages }, () => buildMessage()),
  });

const outcomes = (conditions: string, a = run({}), b = run({})) =>
  judge(diffRuns(a, b), parseConditions(conditions)).map(({ outcome }) => outcome);

describe('conditions', () => {
  it.each([
    ['cost', 1, 1.2, 'holds'],
    ['cost>10%', 1, 1.2, 'holds'],
    ['cost>20%', 1, 1.2, 'does_not_hold'],
    ['cost > 0.1', 1, 1.2, 'holds'],
    ['cost>0.25', 1, 1.2, 'does_not_hold'],
    ['cost', 1.2, 1, 'does_not_hold'],
    ['cost>10%', 0, 0.01, 'holds'],
    ['cost>10%', undefined, 0.01, 'unknown'],
    ['cost>10%', 1, undefined, 'unknown'],
  ] as const)('%s from %s to %s: %s', (condition, a, b, outcome) => {
    const priced = (cost: number | undefined) =>
      run(cost === undefined ? { status: 'ok' } : { cost_usd: cost });
    expect(outcomes(condition, priced(a), priced(b))).toEqual([outcome]);
  });

  it('judges each for itself', () => {
    const a = run({ duration_ms: 100, usage: { input_tokens: 5, source: 'provider' } });
    const b = run({ duration_ms: 350, status: 'error', usage: { input_tokens: 9, source: 'provider' } }, 2);
    expect(
      outcomes('topology, errors,latency>200ms,latency>0.3s,tokens>4,tokens>3,any,prompts,replies', a, b),
    ).toEqual([
      'holds',
      'holds',
      'holds',
      'does_not_hold',
      'does_not_hold',
      'holds',
      'holds',
      'does_not_hold',
      'does_not_hold',
    ]);
  });

  it('knows that what does not differ has not grown, priced or not', () => {
    expect(outcomes('cost,tokens,errors,any')).toEqual(Array(4).fill('does_not_hold'));
  });

  it.each([
    '',
    'colour',
    'cost>',
    'cost>ten',
    'cost>5ms',
    'latency>5',
    'tokens>-1',
    'topology>3',
    'cost,',
    '__proto__',
  ])('%j is not understood, and what is allowed is said', (text) => {
    expect(() => parseConditions(text)).toThrowError(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('--fail-on') }),
    );
  });
});
