import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree, timeAt } from '../fixtures/build-tree.ts';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
import type { ExpandedGraph } from './expanded-graph.ts';
import { foldExpanded } from './fold-expanded.ts';
import { layoutExpanded } from './layout-expanded.ts';
import { toExpandedGraph } from './to-expanded-graph.ts';

const names = ({ nodes }: ExpandedGraph) => nodes.map(({ id }) => id);
const links = ({ nodes, edges }: ExpandedGraph) =>
  edges.map(({ kind, from, to }) => `${nodes[from]?.id} ${kind} ${nodes[to]?.id}`);

describe('toExpandedGraph', () => {
  it('has a node for everything that happened, with what the record says of them', () => {
    const tool = { id: 't1', name: 'look', status: 'ok' };
    const graph = toExpandedGraph(
      buildTree({
        agents: [
          buildAgent('a', [
            buildCall('c1', { tool_calls: [tool] }),
            buildCall('c2', { started_at: timeAt(4), ended_at: timeAt(5) }),
          ]),
          buildAgent('b', [buildCall('c3', { started_at: timeAt(4), parent_call_id: 'c2' })]),
          buildAgent('idle'),
        ],
        messages: [buildMessage({ id: 'm1', call_id: 'c1' })],
      }),
    );
    expect(graph.lanes.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(names(graph)).toEqual(['c1', 't1', 'm1', 'c2', 'c3']);
    expect(graph.nodes.map(({ lane }) => lane)).toEqual([0, 0, 0, 0, 1]);
    expect(graph.nodes[2]).toMatchObject({ kind: 'message', toLane: 1, label: 'b' });
    expect(links(graph)).toEqual([
      'c1 used t1',
      'c1 said m1',
      'c2 nested c3',
      'c1 next t1',
      't1 next m1',
      'm1 next c2',
    ]);
  });

  it('keeps the order of the record where clocks run backwards', () => {
    const graph = toExpandedGraph(
      buildTree({
        agents: [
          buildAgent('a', [
            buildCall('c1', { started_at: timeAt(9) }),
            buildCall('c2', { started_at: timeAt(1) }),
          ]),
          buildAgent('b', [buildCall('c3', { started_at: timeAt(0), parent_call_id: 'c2' })]),
        ],
        messages: [buildMessage({ id: 'm1', at: timeAt(2), call_id: 'c3' })],
      }),
    );
    expect(names(graph)).toEqual(['c1', 'c2', 'c3', 'm1']);
  });

  it('bears calls that were made for each other', () => {
    const graph = toExpandedGraph(
      buildTree({
        agents: [
          buildAgent('a', [
            buildCall('c1', { parent_call_id: 'c2' }),
            buildCall('c2', { parent_call_id: 'c1' }),
          ]),
        ],
      }),
    );
    expect(names(graph)).toEqual(['c1', 'c2']);
  });

  it('holds everything once, causes before effects, whatever the run', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const { nodes, edges } = toExpandedGraph(tree);
        const calls = tree.agents.flatMap((agent) => agent.calls);
        const tools = calls.flatMap((call) => call.tool_calls);
        const heard = tree.messages.filter(({ from, to }) => from !== undefined || to !== undefined);
        expect(nodes).toHaveLength(calls.length + tools.length + heard.length);
        expect(new Set(nodes.map(({ key }) => key)).size).toBe(nodes.length);
        for (const { kind, from, to } of edges) if (kind !== 'nested') expect(from).toBeLessThan(to);
      }),
    );
  });
});

describe('foldExpanded', () => {
  it('draws the rounds of a loop once', () => {
    const messages = Array.from({ length: 6 }, (_, index) =>
      buildMessage({
        id: `m${index}`,
        at: timeAt(index),
        ...(index % 2 === 0 ? { from: 'a', to: 'b' } : { from: 'b', to: 'a' }),
      }),
    );
    const folded = foldExpanded(toExpandedGraph(buildTree({ messages })));
    expect(folded.loops).toEqual([{ times: 3, first: 0, last: 1 }]);
    expect(folded.nodes.map(({ members }) => members)).toEqual([
      [0, 2, 4],
      [1, 3, 5],
    ]);
  });

  it('leaves the rounds of an open loop as they are', () => {
    const messages = Array.from({ length: 6 }, (_, index) =>
      buildMessage({ id: `m${index}`, at: timeAt(index), from: 'a', to: 'b' }),
    );
    const graph = toExpandedGraph(buildTree({ messages }));
    const folded = foldExpanded(graph, { isOpen: ({ id }) => id === 'm0' });
    expect(folded.loops).toEqual([{ times: 6, first: 0, last: 5, isOpen: true }]);
    expect(folded.nodes.map(({ members }) => members)).toEqual([[0], [1], [2], [3], [4], [5]]);
    expect(folded.edges).toEqual(graph.edges);
  });

  it('lists every node once, whatever the run', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const graph = toExpandedGraph(tree);
        const { nodes, edges } = foldExpanded(graph);
        const members = nodes.flatMap((node) => node.members).sort((a, b) => a - b);
        expect(members).toEqual([...graph.nodes.keys()]);
        for (const { from, to } of edges) expect(nodes[from] && nodes[to]).toBeDefined();
      }),
    );
  });
});

describe('layoutExpanded', () => {
  it('puts every node right of the one before it, in its lane', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const graph = toExpandedGraph(tree);
        const { x, y, laneY, width, height } = layoutExpanded(graph);
        graph.nodes.forEach(({ lane }, place) => {
          expect(y[place]).toBe(laneY[lane]);
          expect(y[place]).toBeLessThan(height);
          expect(x[place]).toBeGreaterThan(x[place - 1] ?? 0);
          expect(x[place]).toBeLessThan(width);
        });
      }),
    );
  });
});
