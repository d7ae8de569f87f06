import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree, timeAt } from '../fixtures/build-tree.ts';
import { timedTree } from '../fixtures/timed-tree-arbitrary.ts';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
import { toReport } from './to-report.ts';

describe('toReport', () => {
  it('says in sentences what stands out, and only that', () => {
    const report = toReport(
      buildTree({
        name: 'demo',
        agents: [
          buildAgent('planner', [
            buildCall('c1', {
              started_at: timeAt(0),
              ended_at: timeAt(30),
              duration_ms: 30_000,
              cost_usd: 0.25,
            }),
          ]),
        ],
        messages: [buildMessage({ from: 'planner', to: 'critic' })],
      }),
    );
    expect(report).toContain(
      '- The run took 1 m; 50 % of its critical path was spent in model calls. 50 % of it is with planner, more than with any other agent.',
    );
    expect(report).toContain(
      'With the calls of planner in 50 % of their time, the run would have taken about 45 s: 25 % less.',
    );
    expect(report).toContain('Asked and said nothing: critic (1 message received).');
    expect(report).toContain('| call 1 of planner, c1 | `openai/gpt-5-mini` | ok | 30 s | $0.2500 |');
    expect(report).not.toContain('Retries');
    expect(report).not.toContain('Loop');
  });

  it('holds any run, always in the same words, with nothing of it as markup', () => {
    fc.assert(
      fc.property(fc.oneof(anyTree, timedTree), (tree) => {
        const report = toReport(tree);
        expect(toReport(structuredClone(tree))).toBe(report);
        const prose = report.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/gs, '');
        expect(prose).not.toMatch(/<[a-z!/]|\u202e|\]\(|https?:|undefined|NaN/);
        for (const row of report.split('\n').filter((line) => line.startsWith('|')))
          expect(row).toMatch(/\|$/);
      }),
    );
  });
});
