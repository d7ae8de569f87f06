import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree } from '../fixtures/build-tree.ts';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
import { toGraph } from '../graph/to-graph.ts';
import { isDense } from './is-dense.ts';
import { toMatrix } from './to-matrix.ts';

describe('toMatrix', () => {
  it('has a cell for each two that have something between them', () => {
    const { rows, columns, cells } = toMatrix(
      toGraph(
        buildTree({
          agents: [
            buildAgent('a', [buildCall('c1', { status: 'error', cost_usd: 0.5 })]),
            buildAgent('idle'),
          ],
          messages: [buildMessage(), buildMessage({ id: 'm2' })],
        }),
      ),
    );
    expect(rows.map(({ label }) => label)).toEqual(['a', 'b']);
    expect(columns.map(({ label }) => label)).toEqual(['a', 'b', 'gpt-5-mini']);
    expect(cells).toMatchObject([
      { row: 0, column: 1, count: 2, errors: 0 },
      { row: 0, column: 2, count: 1, errors: 1, costUsd: 0.5 },
    ]);
  });

  it('puts side by side those who talk with each other', () => {
    const ids = Array.from({ length: 12 }, (_, index) => `a${index}`);
    // Three groups, shuffled through the record, with one link from each to the next.
    const messages = ids.flatMap((from, i) =>
      ids
        .filter((_, j) => i !== j && (i % 3 === j % 3 || (i < 3 && j === i + 4)))
        .map((to) => buildMessage({ from, to })),
    );
    const { rows } = toMatrix(toGraph(buildTree({ messages })));
    const groups = rows.map(({ label }) => Number(label.slice(1)) % 3);
    const changes = groups.filter((group, place) => place > 0 && group !== groups[place - 1]).length;
    expect(changes, groups.join('')).toBe(2);
  });

  it('holds every edge once, whatever the run', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const graph = toGraph(tree);
        const { cells } = toMatrix(graph);
        expect(cells.flatMap(({ edges }) => edges).sort()).toEqual(graph.edges.map(({ key }) => key).sort());
        expect(toMatrix(toGraph(structuredClone(tree)))).toEqual(toMatrix(graph));
      }),
    );
  });
});

describe('isDense', () => {
  const among = (count: number) => {
    const ids = Array.from({ length: count }, (_, index) => `a${index}`);
    return ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => buildMessage({ from, to })));
  };

  it('is true of more than four edges per node', () => {
    expect(isDense(toGraph(buildTree({ messages: among(5) })))).toBe(false);
    expect(isDense(toGraph(buildTree({ messages: among(6) })))).toBe(true);
  });

  it('is true of more than 150 nodes that take part', () => {
    const agents = Array.from({ length: 200 }, (_, index) => buildAgent(`a${index}`));
    expect(isDense(toGraph(buildTree({ agents })))).toBe(false);
    const asking = agents.map(({ id }) => buildAgent(id, [buildCall(id)]));
    expect(isDense(toGraph(buildTree({ agents: asking })))).toBe(true);
  });
});
