import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree } from '../fixtures/build-tree.ts';
import { toGraph } from '../graph/to-graph.ts';
import type { PlacedNode } from './graph-layout.ts';
import { layoutGraph } from './layout-graph.ts';

const talk = (...pairs: [string, string][]) =>
  buildTree({ messages: pairs.map(([from, to]) => buildMessage({ from, to })) });
const find = (nodes: readonly PlacedNode[], id: string) => {
  const node = nodes.find(({ key }) => key === `agent:${JSON.stringify(id)}`);
  if (node === undefined) throw new Error(`${id} is not placed`);
  return node;
};

describe('layoutGraph', () => {
  it('places nothing in an empty picture', () => {
    expect(layoutGraph(toGraph(buildTree()))).toMatchObject({ nodes: [], edges: [] });
  });

  it('puts a coordinator in the middle of those it talks with', () => {
    const spokes = ['a', 'b', 'c', 'd', 'e'];
    const { nodes } = layoutGraph(toGraph(talk(...spokes.map((id): [string, string] => ['boss', id]))));
    const mean = (axis: 'x' | 'y') =>
      spokes.reduce((sum, id) => sum + find(nodes, id)[axis], 0) / spokes.length;
    expect(find(nodes, 'boss').x).toBeCloseTo(mean('x'), 0);
    expect(find(nodes, 'boss').y).toBeCloseTo(mean('y'), 0);
  });

  it('puts those who talk a lot beside each other', () => {
    // In the order of the record the ring would be a b c d e f, and every edge would cross the middle.
    const pairs: [string, string][] = [
      ['a', 'd'],
      ['b', 'e'],
      ['c', 'f'],
    ];
    const agents = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => buildAgent(id));
    const { nodes } = layoutGraph(toGraph({ ...talk(...pairs), agents }));
    const distance = (a: string, b: string) =>
      Math.hypot(find(nodes, a).x - find(nodes, b).x, find(nodes, a).y - find(nodes, b).y);
    for (const [a, b] of pairs) {
      const nearer = ['a', 'b', 'c', 'd', 'e', 'f'].filter(
        (id) => id !== a && distance(a, id) < distance(a, b),
      );
      expect(nearer.length, `${a} and ${b}`).toBeLessThanOrEqual(1);
    }
  });

  it('bends opposite edges apart', () => {
    const { edges } = layoutGraph(toGraph(talk(['a', 'b'], ['b', 'a'])));
    const [there, back] = edges;
    expect(Math.abs((there?.labelY ?? 0) - (back?.labelY ?? 0))).toBeGreaterThan(20);
  });

  it('draws a loop outside its node and away from the label', () => {
    const { nodes, edges } = layoutGraph(toGraph(talk(['a', 'a'])));
    const node = find(nodes, 'a');
    const loop = edges[0];
    expect(Math.hypot((loop?.labelX ?? 0) - node.x, (loop?.labelY ?? 0) - node.y)).toBeGreaterThan(
      node.radius,
    );
    expect(loop?.labelY).toBeLessThan(node.y);
  });

  it('makes nodes larger by cost where all is priced, else by calls', () => {
    const calls = (count: number, cost?: number) =>
      Array.from({ length: count }, (_, index) =>
        buildCall(`c${index}`, cost === undefined ? {} : { cost_usd: cost }),
      );
    const priced = buildTree({ agents: [buildAgent('few', calls(1, 9)), buildAgent('many', calls(8, 0.1))] });
    const unpriced = buildTree({ agents: [buildAgent('few', calls(1)), buildAgent('many', calls(8))] });
    const sizes = (tree: typeof priced) => {
      const { nodes } = layoutGraph(toGraph(tree));
      return find(nodes, 'few').radius - find(nodes, 'many').radius;
    };
    expect(sizes(priced)).toBeGreaterThan(0);
    expect(sizes(unpriced)).toBeLessThan(0);
  });

  it('shortens long names', () => {
    const { nodes } = layoutGraph(toGraph(talk(['a'.repeat(60), 'b'])));
    expect(nodes[0]?.label).toMatch(/^a{21}…$/);
  });
});
