import fc from 'fast-check';
import { expect, it } from 'vitest';
import { timeAt } from '../fixtures/build-tree.ts';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
import { createGraphClock } from './graph-clock.ts';
import { sourceOf } from './source-of.ts';
import { toGraph } from './to-graph.ts';

it('counts at every moment, forwards and backwards, what the graph of that moment counts', () => {
  fc.assert(
    fc.property(anyTree, fc.array(fc.nat(100), { minLength: 1, maxLength: 5 }), (tree, seconds) => {
      const source = sourceOf(tree);
      const whole = toGraph(source);
      const clock = createGraphClock(source, whole);
      for (const second of seconds) {
        const atMs = Date.parse(timeAt(second));
        const moment = clock.moveTo(atMs);
        const graph = toGraph(source, { atMs });
        const nodes = new Map(graph.nodes.map((node) => [node.key, node.totals]));
        const edges = new Map(graph.edges.map((edge) => [edge.key, edge.count]));
        expect([...moment.edgeCounts]).toEqual(whole.edges.map(({ key }) => edges.get(key) ?? 0));
        whole.nodes.forEach(({ key }, index) => {
          const totals = nodes.get(key);
          expect(moment.nodeCalls[index]).toBe(totals?.calls ?? 0);
          expect(moment.nodeOpenCalls[index]).toBe(totals?.openCalls ?? 0);
          expect(moment.nodeErrors[index]).toBe(totals?.errors ?? 0);
          expect(moment.nodeCostUsd[index]).toBe(totals?.costUsd ?? Number.NaN);
        });
      }
    }),
  );
});
