import { expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree } from '../../fixtures/build-tree.ts';
import { toGraph } from '../../graph/to-graph.ts';
import { pairRows } from './pair-rows.ts';

it('has a row for every edge, with the search for it and only what is known', () => {
  const graph = toGraph(
    buildTree({
      agents: [
        buildAgent('a', [
          buildCall('c1', {
            duration_ms: 700,
            pre: { provider: 'openai', model: 'gpt-5', messages: [] },
            tool_calls: [{ id: 't', name: 'look up', status: 'ok' }],
          }),
        ]),
      ],
      messages: [buildMessage({ from: 'a', to: 'b' })],
    }),
  );
  const rows = pairRows(graph).map(({ from, to, kind, p50Ms, search }) => [
    from.label,
    to.label,
    kind,
    p50Ms,
    search,
  ]);
  expect(rows).toEqual([
    ['a', 'b', 'messages', undefined, 'from=a to=b'],
    ['a', 'gpt-5', 'calls', 700, 'from=a model=gpt-5 provider=openai'],
    ['a', 'look up', 'tool calls', undefined, 'from=a tool="look up"'],
  ]);
});
