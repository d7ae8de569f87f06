import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree } from '../fixtures/build-tree.ts';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
import { toGraph } from '../graph/to-graph.ts';
import { toNodeLink } from './to-node-link.ts';

it('is what networkx and d3 read, with the figures of the graph', () => {
  const usage = { input_tokens: 3, source: 'provider' as const };
  const tree = buildTree({
    name: 'demo',
    agents: [
      buildAgent('__proto__', [
        buildCall('c1', { usage, cost_usd: 0.5 }),
        buildCall('c2', { status: 'timeout' }),
      ]),
    ],
    messages: [buildMessage({ from: '__proto__', to: 'b', status: 'dead_lettered' })],
  });
  expect(JSON.parse(JSON.stringify(toNodeLink(tree)))).toMatchObject({
    directed: true,
    multigraph: true,
    graph: { run_id: 'run-1', run_name: 'demo' },
    nodes: [
      {
        id: 'agent:"__proto__"',
        kind: 'agent',
        name: '__proto__',
        calls: 2,
        errors: 1,
        input_tokens: 3,
        cost_usd: 0.5,
      },
      { id: 'agent:"b"', kind: 'agent', calls: 0 },
      { kind: 'model', name: 'openai/gpt-5-mini', label: 'gpt-5-mini' },
    ],
    links: [
      { source: 'agent:"__proto__"', target: 'agent:"b"', kind: 'message', count: 1, errors: 1 },
      { source: 'agent:"__proto__"', kind: 'call', count: 2, errors: 1, input_tokens: 3, cost_usd: 0.5 },
    ],
  });
});

it('has no figure that is not known', () => {
  const { nodes } = toNodeLink(buildTree({ agents: [buildAgent('a', [buildCall('c1')])] }));
  expect(nodes[0]).not.toHaveProperty('input_tokens');
  expect(nodes[0]).not.toHaveProperty('cost_usd');
});

it('has every node and edge once, under ids that are unique', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const graph = toGraph(tree);
      const { nodes, links } = toNodeLink(tree);
      const ids = new Set(nodes.map(({ id }) => id));
      expect([nodes.length, links.length, ids.size]).toEqual([
        graph.nodes.length,
        graph.edges.length,
        nodes.length,
      ]);
      for (const { source, target } of links) expect(ids.has(source) && ids.has(target)).toBe(true);
      expect(toNodeLink(graph)).toEqual(toNodeLink(tree));
    }),
  );
});
