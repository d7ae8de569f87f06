import { expect, it } from 'vitest';
import { buildAgent, buildCall, buildTree, timeAt } from '../fixtures/build-tree.ts';
import { readClock } from './run-clock.ts';

it('counts from the first time on record and leaves out what has none', () => {
  const tree = buildTree({
    agents: [
      buildAgent('a', [
        buildCall('early', { started_at: timeAt(-2), ended_at: timeAt(1) }),
        buildCall('backward', { started_at: timeAt(9), ended_at: timeAt(5) }),
        buildCall('no-time', { started_at: 'yesterday' }),
      ]),
    ],
  });
  const { ended_at: _, duration_ms: __, ...open } = buildCall('open', { status: 'open' });
  tree.agents[0]?.calls.push(open);
  const { durationMs, calls, untimedCalls } = readClock(tree);
  expect(durationMs).toBe(62_000);
  expect(calls.map(({ call, startMs, endMs }) => [call.id, startMs, endMs])).toEqual([
    ['early', 0, 3000],
    ['backward', 11_000, 11_000],
  ]);
  expect(untimedCalls).toBe(2);
});
