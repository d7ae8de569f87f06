import type { RunTree } from '@pd/call-log/schema';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildAgent, buildCall, buildTree, timeAt } from '../fixtures/build-tree.ts';
import { timedTree } from '../fixtures/timed-tree-arbitrary.ts';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
import { diffRuns } from './diff-runs.ts';
import { toDiffHtml } from './to-diff-html.ts';
import { toDiffMarkdown } from './to-diff-markdown.ts';

const tree = fc.oneof(anyTree, timedTree);

it('a run and itself are the same', () => {
  fc.assert(
    fc.property(tree, (run) => {
      expect(diffRuns(run, structuredClone(run))).toMatchObject({ isSame: true, divergent: [] });
    }),
  );
});

it('every call of both runs is counted once, and the other way round is the same with the sides changed', () => {
  const count = ({ agents }: RunTree) => agents.reduce((sum, { calls }) => sum + calls.length, 0);
  fc.assert(
    fc.property(tree, tree, (a, b) => {
      const { calls, total } = diffRuns(a, b);
      expect(calls.same + calls.changed + calls.removed).toBe(count(a));
      expect(calls.same + calls.changed + calls.added).toBe(count(b));
      expect(total.a).toEqual(diffRuns(b, a).total.b);
    }),
  );
});

it('the page has no element and the Markdown no line that a log has made', () => {
  const tags = (html: string) => new Set(html.match(/<[!/a-z][^\s>]*/gi));
  const known =
    /^<(?:!doctype|\/?(?:html|head|meta|title|link|style|body|main|h1|h2|p|b|code|section|div|span|pre|del|ins|ul|li|table|thead|tbody|tr|th|td|details|summary|svg|g|path|rect|circle|text))\/?$/;
  fc.assert(
    fc.property(tree, tree, (a, b) => {
      const html = toDiffHtml(a, b);
      for (const tag of tags(html.replace(/<style>.*<\/style>/s, ''))) expect(tag).toMatch(known);
      for (const control of ['\u0000', '\u001b']) expect(html).not.toContain(control);
      expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      expect(html).toBe(toDiffHtml(structuredClone(a), structuredClone(b)));
      expect(toDiffMarkdown(diffRuns(a, b)).replace(/`[^`]*`/gs, '')).not.toMatch(/<script|<img|\u202e/);
    }),
    { numRuns: 40 },
  );
});

it('compares 2 × 10,000 calls of growing conversations in seconds', () => {
  const big = (change: number) =>
    buildTree({
      agents: Array.from({ length: 10 }, (_, a) =>
        buildAgent(
          `agent ${a}`,
          Array.from({ length: 1000 }, (_, i) =>
            buildCall(`${a}-${i}`, {
              started_at: timeAt(i),
              pre: {
                provider: 'p',
                model: 'm',
                ...(i > 0 && { history: { call_id: `${a}-${i - 1}`, take: i } }),
                messages: [
                  { role: 'user', content: i === change ? 'something else' : `message ${i} of ${a}` },
                ],
              },
            }),
          ),
        ),
      ),
    });
  const [one, other] = [big(-1), big(500)];
  const before = performance.now();
  const { calls, firstDivergence } = diffRuns(one, other);
  // A tenth of it on a machine with nothing else to do.
  expect(performance.now() - before).toBeLessThan(5000);
  expect(calls).toEqual({ same: 5000, changed: 5000, removed: 0, added: 0 });
  expect(firstDivergence).toMatchObject({
    a: { ordinal: 501 },
    differences: [{ field: 'messages', index: 500 }],
  });
});
