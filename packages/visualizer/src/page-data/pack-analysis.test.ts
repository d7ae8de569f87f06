import { expect, it } from 'vitest';
import { analyse } from '../analysis/analyse.ts';
import { buildAgent, buildCall, buildTree, timeAt } from '../fixtures/build-tree.ts';
import { openTree } from '../fixtures/open-tree.ts';

const timed = (id: string, from: number, to: number) =>
  buildCall(id, { started_at: timeAt(from), ended_at: timeAt(to), duration_ms: (to - from) * 1000 });

it('is opened from the page as it was computed, with the places of the calls on the path', async () => {
  // `short` runs beside the others, and nothing hung on it.
  const tree = buildTree({
    agents: [
      buildAgent('planner', [timed('first', 0, 10), timed('last', 20, 40)]),
      buildAgent('critic', [timed('short', 1, 2)]),
    ],
  });
  const run = await openTree(tree);
  const opened = await run.analysis();
  expect(opened?.analysis).toEqual(analyse(tree));
  expect(opened?.path.map((place) => run.calls.id[place])).toEqual(['first', 'last']);
  expect(run.hasAnalysis).toBe(true);
});

it('is not there for a run without calls', async () => {
  const run = await openTree(buildTree());
  expect(run.hasAnalysis).toBe(false);
  expect(await run.analysis()).toBeUndefined();
});
