import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
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
      const speakers = nodes.filter(({ kind }) => kind !== 'model');
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
