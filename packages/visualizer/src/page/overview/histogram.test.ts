import { expect, it } from 'vitest';
import { buildAgent, buildCall, buildTree, timeAt } from '../../fixtures/build-tree.ts';
import { openTree } from '../../fixtures/open-tree.ts';
import { countOverTime } from './histogram.ts';

it('counts what is going on in every slice of the time', async () => {
  const at = (id: string, start: number, end: number, status: 'ok' | 'error' = 'ok') =>
    buildCall(id, { started_at: timeAt(start), ended_at: timeAt(end), status });
  const run = await openTree(
    buildTree({ agents: [buildAgent('a', [at('c1', 0, 29), at('c2', 10, 19), at('c3', 45, 60, 'error')])] }),
  );
  const { calls, troubles, most } = countOverTime(run, 6);
  expect([...calls]).toEqual([1, 2, 1, 0, 1, 1]);
  expect([...troubles]).toEqual([0, 0, 0, 0, 0, 1]);
  expect(most).toBe(2);
});
