import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
import { toGraph } from '../graph/to-graph.ts';
import { labelBox } from './label-box.ts';
import { layoutGraph } from './layout-graph.ts';

it('places every node once, inside the picture, and no two upon each other', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const graph = toGraph(tree);
      const { nodes, edges, width, height } = layoutGraph(graph);
      expect(nodes.map(({ key }) => key)).toEqual(graph.nodes.map(({ key }) => key));
      expect(edges.map(({ key }) => key)).toEqual(graph.edges.map(({ key }) => key));
      nodes.forEach((node, index) => {
        expect(node.x - node.radius).toBeGreaterThanOrEqual(0);
        expect(node.x + node.radius).toBeLessThanOrEqual(width);
        expect(node.y - node.radius).toBeGreaterThanOrEqual(0);
        expect(node.labelY).toBeLessThanOrEqual(height);
        // The label is clear of its own node.
        const { left, right, top, bottom } = labelBox(node);
        const isClear =
          top > node.y + node.radius ||
          bottom < node.y - node.radius + 1 ||
          left > node.x + node.radius ||
          right < node.x - node.radius;
        expect(isClear).toBe(true);
        for (const other of nodes.slice(index + 1)) {
          const distance = Math.hypot(node.x - other.x, node.y - other.y);
          expect(distance).toBeGreaterThan(node.radius + other.radius);
        }
      });
    }),
  );
});

it('draws with finite numbers only, and the same picture every time', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const layout = layoutGraph(toGraph(tree));
      expect(layout).toEqual(layoutGraph(toGraph(structuredClone(tree))));
      for (const { path, head } of layout.edges) expect(`${path}${head}`).not.toMatch(/NaN|Infinity|e[-+]/);
    }),
  );
});
