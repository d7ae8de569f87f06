import { textWidth } from '@pd/call-log/terminal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree, timeAt } from '../fixtures/build-tree.ts';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
import { showRun } from './show-run.ts';

const show = (tree: ReturnType<typeof buildTree>, width = 60, ascii = false) =>
  [...showRun(tree, { width, ascii, paint: (_, text) => text })].join('\n');

const tree = buildTree({
  name: 'demo',
  agents: [
    buildAgent('ann', [buildCall('c1', { started_at: timeAt(0), ended_at: timeAt(2), cost_usd: 0.5 })]),
    buildAgent('bob', [
      buildCall('c2', { started_at: timeAt(2), ended_at: timeAt(4), status: 'error' }),
      buildCall('c3', { started_at: timeAt(6), ended_at: timeAt(8), status: 'truncated' }),
    ]),
  ],
  messages: [
    buildMessage({ from: 'ann', to: 'bob', at: timeAt(2) }),
    buildMessage({ from: 'bob', to: 'ann', at: timeAt(8), status: 'rejected' }),
  ],
});

describe('show', () => {
  it('draws who talked to whom, when, and what it came to', () => {
    expect(show(tree, 46)).toMatchInlineSnapshot(`
      "demo  run-1  completed
      2026-11-22 09:00:00 UTC · 1 m · 2 agents · 3
      calls · 2 messages

      ann ───▶ bob        ×1 ▬▬▬▬▬▬
      bob ───▶ ann        ×1 ▬▬▬▬▬▬       1 lost
      bob ┄┄┄▷ gpt-5-mini ×2 ▬▬▬▬▬▬▬▬▬▬▬▬ 2 failed
      ann ┄┄┄▷ gpt-5-mini ×1 ▬▬▬▬▬▬       $0.5000

      ann  ███████████······························
                     ▴
      bob  ··········╳╳╳╳╳╳╳╳╳╳╳·········▒▒▒▒▒▒▒▒▒▒▒
                                                   ▴
           ┴────────────────────────┴───────────────
           0 ms                     5 s
           █ call  ▒ cut short  ╳ failed
        ▴ message (2-9, + more)

      calls       3
      messages    2 · 1 lost
      tokens      –
      cost        –
      a call took p50 1 s · p95 1 s · at most 1 s"
    `);
  });

  it('draws the same with nothing but ASCII', () => {
    const text = show(tree, 46, true);
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    expect(text).toContain('ann ---> bob        x1');
    expect(text.split('\n')).toHaveLength(show(tree, 46).split('\n').length);
  });

  it('is no wider than asked, whatever stands in the log, and obeys nothing in it', () => {
    fc.assert(
      fc.property(anyTree, fc.integer({ min: 40, max: 120 }), fc.boolean(), (any, width, ascii) => {
        for (const line of show(any, width, ascii).split('\n')) {
          expect(textWidth(line)).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/[\p{Cc}\u202e\u2066]/u);
          if (ascii) expect(line).toMatch(/^[\x20-\x7e]*$/);
        }
      }),
    );
  });

  it('shows an open call up to the end, and one that failed within many that did not', () => {
    const open = buildTree({
      agents: [
        buildAgent('a', [buildCall('c1', { started_at: timeAt(0), ended_at: timeAt(10) })]),
        buildAgent('b', [
          buildCall('c2', {
            started_at: timeAt(5),
            ended_at: undefined,
            duration_ms: undefined,
            status: 'open',
          } as never),
        ]),
      ],
    });
    expect(show(open, 43)).toMatch(/^b {2}·{20}░{20}$/m);
    const many = Array.from({ length: 1000 }, (_, i) =>
      buildCall(`c${i}`, {
        started_at: timeAt(i),
        ended_at: timeAt(i + 1),
        status: i === 500 ? 'error' : 'ok',
      }),
    );
    expect(show(buildTree({ agents: [buildAgent('a', many)] }), 43)).toMatch(/^a {2}█{20}╳█{19}$/m);
  });

  it('goes by the order where there are no times', () => {
    const { started_at: _, ended_at: __, ...run } = tree.run;
    const at = timeAt(0);
    const agents = [buildAgent('a', [buildCall('c1', { started_at: at, ended_at: at })]), buildAgent('b')];
    const messages = [
      buildMessage({ from: 'b', to: 'a', at }),
      buildMessage({ from: 'a', to: 'b', at, call_id: 'c1' }),
    ];
    const text = show({ ...buildTree({ agents, messages }), run }, 43);
    expect(text).toMatch(/^a {2}·{20}█{20}$/m);
    expect(text).toContain('first, in order: there are no times');
  });

  it('gives the busiest lanes of their own, and the others one', () => {
    const agents = Array.from({ length: 10_000 }, (_, i) =>
      buildAgent(
        `agent ${i}`,
        i % 1000 === 0 ? [buildCall(`c${i}`), buildCall(`d${i}`)] : [buildCall(`c${i}`)],
      ),
    );
    const text = show(buildTree({ agents }));
    expect(text).toMatch(/^agent 9000 +█/m);
    expect(text).toMatch(/^9,977 others +█/m);
    expect(text.split('\n').length).toBeLessThan(80);
  });

  it('draws nothing of nothing', () => {
    expect(show(buildTree())).toMatch(/^run-1 {2}completed\n/);
  });
});
