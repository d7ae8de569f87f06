import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree, timeAt } from '../../fixtures/build-tree.ts';
import { toGraph } from '../../graph/to-graph.ts';
import { layoutGraph } from '../../layout/layout-graph.ts';
import { layoutLanes } from './lanes.ts';
import { neighbourCall } from './neighbour-call.ts';
import { createRunModel } from './run-model.ts';
import { transcriptEntries } from './transcript-entries.ts';

const modelOf = (tree: ReturnType<typeof buildTree>) =>
  createRunModel({ tree, layout: layoutGraph(toGraph(tree)), theme: 'auto' });
const at = (id: string, start: number, end: number) =>
  buildCall(id, { started_at: timeAt(start), ended_at: timeAt(end), duration_ms: (end - start) * 1000 });
const run = modelOf(
  buildTree({
    agents: [
      buildAgent('__proto__', [at('c2', 5, 9), at('c3', 6, 7)]),
      buildAgent('b', [at('c1', 1, 2)]),
      buildAgent('c', []),
    ],
    messages: [
      buildMessage({ from: '__proto__', to: 'b' }),
      buildMessage({ from: 'b', to: 'c', content: { ok: 1 } }),
    ],
  }),
);

describe('the run as the page sees it', () => {
  it('orders calls by their beginnings, whoever made them', () => {
    expect(run.calls.map(({ call }) => call.id)).toEqual(['c1', 'c2', 'c3']);
  });

  it('goes from call to call and stops at the ends', () => {
    const [first, second, third] = run.calls;
    expect(neighbourCall(run.calls, undefined, 1)).toBe(first);
    expect(neighbourCall(run.calls, undefined, -1)).toBe(third);
    expect(neighbourCall(run.calls, first, 1)).toBe(second);
    expect(neighbourCall(run.calls, third, 1)).toBeUndefined();
    expect(neighbourCall(run.calls, first, 1, (index) => index === 2)).toBe(third);
  });

  it('gives overlapping calls tracks of their own and an agent without calls a flat lane', () => {
    const { rows } = layoutLanes(run, undefined);
    expect(rows.map(({ bars }) => new Set(bars.map(({ y }) => y)).size)).toEqual([2, 1, 0]);
    expect(rows.map(({ height }) => height)).toEqual([56, 41, 26]);
  });

  it('shows of a filtered run the agent and those it talked with', () => {
    const lanes = layoutLanes(run, '__proto__');
    expect(lanes.rows.map(({ speaker }) => speaker.id)).toEqual(['__proto__', 'b']);
    expect(run.tree.messages.map((message) => lanes.shows(message))).toEqual([true, false]);
  });

  it('lets an open call last until the record ends', () => {
    const { ended_at: _, duration_ms: __, ...open } = buildCall('c1', { status: 'open' });
    const { calls, span } = modelOf(buildTree({ agents: [buildAgent('a', [open])] }));
    expect(calls[0]?.end).toBe(span.end);
  });

  it('survives a record without any readable time', () => {
    const tree = buildTree({
      agents: [buildAgent('a', [buildCall('c1', { started_at: 'x', ended_at: 'y' })])],
    });
    const { started_at: _, ended_at: __, ...rest } = tree.run;
    const { span, calls } = modelOf({ ...tree, run: rest });
    expect(span.end).toBeGreaterThan(span.start);
    expect(Number.isFinite(calls[0]?.start) && Number.isFinite(calls[0]?.end)).toBe(true);
  });

  it('tells a run without messages by its replies', () => {
    const failed = buildCall('c1', { status: 'error', error: { type: 'Oops', message: 'gone' } });
    const { post: _, ...withoutReply } = failed;
    const alone = modelOf(buildTree({ agents: [buildAgent('a', [at('c0', 0, 1), withoutReply])] }));
    const entries = transcriptEntries(alone.tree, alone.calls);
    expect(entries.map(({ from, text, callId }) => [from, text, callId])).toEqual([
      ['a', 'hi', 'c0'],
      ['a', 'Oops: gone', 'c1'],
    ]);
    expect(transcriptEntries(run.tree, run.calls)[1]?.text).toBe('{\n  "ok": 1\n}');
  });
});
