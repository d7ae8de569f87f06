import { expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree } from '../../fixtures/build-tree.ts';
import { openTree } from '../../fixtures/open-tree.ts';
import { findMatches } from './filter.ts';
import { parseQuery } from './query.ts';
import { searchForEdge, searchForNode } from './search-for.ts';

const run = await openTree(
  buildTree({
    agents: [
      buildAgent('a "quoted" name', [
        buildCall('c1', {
          pre: { provider: 'openai', model: 'gpt-5', messages: [] },
          tool_calls: [{ id: 't', name: 'search', status: 'ok' }],
        }),
        buildCall('c2', { pre: { provider: 'openai', model: 'gpt-5-mini', messages: [] } }),
        buildCall('c3', { pre: { provider: 'azure', model: 'gpt-5', messages: [] } }),
      ]),
      buildAgent('a', [buildCall('c4', { pre: { provider: 'openai', model: 'org/gpt-5', messages: [] } })]),
    ],
    messages: [
      buildMessage({ id: 'm1', from: 'a "quoted" name', to: 'a', call_id: 'c2' }),
      buildMessage({ id: 'm2', from: 'a', to: 'a "quoted" name' }),
    ],
  }),
);

function found(typed: string) {
  const { calls, messages } = findMatches(run, { query: parseQuery(typed) });
  return [...run.calls.id.filter((_, i) => calls[i]), ...run.messages.id.filter((_, i) => messages[i])];
}

it('finds what each node counts, and nothing else', () => {
  const all = run.graph.nodes.map((node) => [node.id, found(searchForNode(node))]);
  expect(Object.fromEntries(all)).toEqual({
    'a "quoted" name': ['c1', 'c2', 'c3', 'm1', 'm2'],
    a: ['c4', 'm1', 'm2'],
    'openai/gpt-5': ['c1'],
    'openai/gpt-5-mini': ['c2', 'm1'],
    'azure/gpt-5': ['c3'],
    'openai/org/gpt-5': ['c4'],
    search: ['c1'],
  });
});

it('finds what went over each edge, with the calls it came from', () => {
  const nodes = new Map(run.graph.nodes.map((node) => [node.key, node]));
  const all = run.graph.edges.map((edge) => {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    return from && to && `${from.id} > ${to.id}: ${found(searchForEdge(edge, from, to))}`;
  });
  expect(all).toEqual([
    'a "quoted" name > a: c2,m1',
    'a > a "quoted" name: m2',
    'a "quoted" name > openai/gpt-5: c1',
    'a "quoted" name > openai/gpt-5-mini: c2,m1',
    'a "quoted" name > azure/gpt-5: c3',
    'a > openai/org/gpt-5: c4',
    'a "quoted" name > search: c1',
  ]);
});
