import { expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree } from '../../fixtures/build-tree.ts';
import { toGraph } from '../../graph/to-graph.ts';
import { edgeWords, nodeWords } from './part-words.ts';

const usage = { input_tokens: 900, output_tokens: 600, source: 'provider' } as const;
const graph = toGraph(
  buildTree({
    agents: [
      buildAgent('a', [
        buildCall('c1', { usage, cost_usd: 0.02, duration_ms: 1000, status: 'error' }),
        buildCall('c2', { status: 'open' }),
      ]),
      buildAgent('b'),
      buildAgent('user', [], 'person'),
    ],
    messages: [buildMessage({ from: 'user', to: 'a' })],
  }),
);

it('says of an edge what is known of it, and nothing else', () => {
  expect(graph.edges.map((edge) => edgeWords(edge))).toEqual([
    ['1 message'],
    ['2 calls', '✕ 1 failed', '1.5k tokens', '$0.0200', 'p50 1 s'],
  ]);
});

it('says of a node who it is and what it came to', () => {
  expect(graph.nodes.slice(0, 3).map((node) => nodeWords(node).slice(0, 4))).toEqual([
    ['agent', '2 calls', '1 error', '○ 1 still open'],
    ['agent', 'never took part'],
    ['person'],
  ]);
});
