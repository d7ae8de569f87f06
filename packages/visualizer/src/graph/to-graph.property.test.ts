import type { RunTree } from '@pd/call-log/schema';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { timeAt } from '../fixtures/build-tree.ts';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
import { isSpeaker } from './is-speaker.ts';
import { toGraph } from './to-graph.ts';

it('counts every message that has a sender and an addressee once', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const edges = toGraph(tree).edges.filter((edge) => edge.kind === 'message');
      const complete = tree.messages.flatMap(({ from, to }, index) =>
        from !== undefined && to !== undefined ? [index] : [],
      );
      const listed = edges.flatMap(({ messages }) => messages.map(({ index }) => index));
      expect(listed.sort((a, b) => a - b)).toEqual(complete);
      for (const { count, messages } of edges) expect(count).toBe(messages.length);
    }),
  );
});

it('counts every call once on the edges, at the agents and at the models', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const { nodes, edges } = toGraph(tree);
      const calls = tree.agents.flatMap((agent) => agent.calls);
      const sum = (numbers: (number | undefined)[]) => numbers.reduce<number>((a, b) => a + (b ?? 0), 0);
      const callEdges = edges.filter((edge) => edge.kind === 'call');
      const models = nodes.filter(({ kind }) => kind === 'model');
      const speakers = nodes.filter(isSpeaker);
      expect(sum(callEdges.map(({ count }) => count))).toBe(calls.length);
      for (const totals of [callEdges, models, speakers].map((list) => list.map((item) => item.totals))) {
        expect(sum(totals.map((part) => part.calls))).toBe(calls.length);
        expect(sum(totals.map((part) => part.costUsd))).toBe(sum(calls.map((call) => call.cost_usd)));
        expect(sum(totals.map((part) => part.inputTokens))).toBe(
          sum(calls.map((call) => call.usage?.input_tokens)),
        );
      }
    }),
  );
});

it('has every end of an edge among its nodes, whose keys are unique', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const { nodes, edges } = toGraph(tree);
      const keys = new Set(nodes.map(({ key }) => key));
      expect(keys.size).toBe(nodes.length);
      for (const { from, to } of edges) expect(keys.has(from) && keys.has(to)).toBe(true);
      expect(new Set(edges.map(({ key }) => key)).size).toBe(edges.length);
    }),
  );
});

it('gives the same graph for the same tree', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      expect(toGraph(structuredClone(tree))).toEqual(toGraph(tree));
    }),
  );
});

it('shows at a moment what a record that was cut off there shows', () => {
  fc.assert(
    fc.property(anyTree, fc.nat(100), (tree, second) => {
      const atMs = Date.parse(timeAt(second));
      expect(toGraph(tree, { atMs })).toEqual(toGraph(cut(tree, atMs)));
    }),
  );
});

it('only grows as time goes on', () => {
  fc.assert(
    fc.property(anyTree, fc.nat(100), fc.nat(40), (tree, second, later) => {
      const before = toGraph(tree, { atMs: Date.parse(timeAt(second)) });
      const after = toGraph(tree, { atMs: Date.parse(timeAt(second + later)) });
      const nodes = new Map(after.nodes.map((node) => [node.key, node]));
      const edges = new Map(after.edges.map((edge) => [edge.key, edge]));
      for (const { key, totals } of before.nodes) {
        expect(nodes.get(key)?.totals.calls).toBeGreaterThanOrEqual(totals.calls);
        expect(nodes.get(key)?.totals.costUsd ?? 0).toBeGreaterThanOrEqual(totals.costUsd ?? 0);
      }
      for (const { key, count } of before.edges) {
        expect(edges.get(key)?.count).toBeGreaterThanOrEqual(count);
      }
    }),
  );
});

/** The tree of a run of which only what happened until then was written. */
function cut(tree: RunTree, atMs: number): RunTree {
  const isThen = (iso: string) => Date.parse(iso) <= atMs;
  return {
    ...tree,
    messages: tree.messages.map((message) =>
      isThen(message.at) ? message : { ...message, from: undefined, to: undefined },
    ),
    agents: tree.agents.map((agent) => ({
      ...agent,
      calls: agent.calls
        .filter(({ started_at }) => isThen(started_at))
        .map((call) => {
          if (call.status === 'open' || isThen(call.ended_at ?? call.started_at)) return call;
          const { id, operation, agent_source, started_at, pre } = call;
          return {
            id,
            operation,
            agent_source,
            started_at,
            pre,
            status: 'open',
            attempts: [],
            tool_calls: [],
          };
        }),
    })),
  };
}
