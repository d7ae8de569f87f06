import { expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree, timeAt } from '../fixtures/build-tree.ts';
import { createGraphClock } from './graph-clock.ts';
import { sourceOf } from './source-of.ts';
import { toGraph } from './to-graph.ts';

it('tells what was last heard of whom', () => {
  const source = sourceOf(
    buildTree({
      agents: [buildAgent('a', [buildCall('c1')])],
      messages: [
        buildMessage({ at: timeAt(3) }),
        buildMessage({ at: timeAt(5) }),
        buildMessage({ at: 'soon' }),
      ],
    }),
  );
  const clock = createGraphClock(source, toGraph(source, { models: false }));
  const at = (second: number) => {
    const { edgeCounts, edgeLastMs, nodeLastMs } = clock.moveTo(Date.parse(timeAt(second)));
    return [...edgeCounts, ...edgeLastMs, ...nodeLastMs].map((value) =>
      value > 1e9 ? value / 1000 - Date.parse(timeAt(0)) / 1000 : value,
    );
  };
  expect(at(0)).toEqual([1, Number.NaN, Number.NaN, Number.NaN]);
  expect(at(9)).toEqual([3, 5, 5, 5]);
  expect(at(4)).toEqual([2, 3, 3, 3]);
  expect(at(1.5)).toEqual([1, Number.NaN, 1, Number.NaN]);
});
