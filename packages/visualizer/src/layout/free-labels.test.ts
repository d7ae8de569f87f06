import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree } from '../fixtures/build-tree.ts';
import { toGraph } from '../graph/to-graph.ts';
import { labelBox } from './label-box.ts';
import { layoutGraph } from './layout-graph.ts';

const NAMES = ['user', 'planner', 'left', 'right', 'critic'];
const talk = fc.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)), {
  maxLength: 8,
  selector: (pair) => pair.join(),
});

it('leaves the labels of a run as small as the demo’s free of edges', () => {
  fc.assert(
    fc.property(talk, (pairs) => {
      const { nodes, edges } = layoutGraph(
        toGraph(
          buildTree({
            agents: [
              buildAgent('user', [], 'person'),
              ...NAMES.slice(1).map((id) => buildAgent(id, [buildCall(id)])),
            ],
            messages: pairs
              .filter(([from, to]) => from !== to)
              .map(([from, to]) => buildMessage({ from, to })),
          }),
        ),
      );
      const boxes = nodes.map(labelBox);
      const crossed = edges.flatMap(({ path, key }) =>
        alongQuadratic(path).some(([x, y]) =>
          boxes.some((box) => x > box.left + 3 && x < box.right - 3 && y > box.top + 2 && y < box.bottom - 2),
        )
          ? key
          : [],
      );
      expect(crossed).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

function alongQuadratic(path: string): [number, number][] {
  const [ax = 0, ay = 0, bx = 0, by = 0, cx = 0, cy = 0] = (path.match(/-?[\d.]+/g) ?? []).map(Number);
  return Array.from({ length: 61 }, (_, step) => {
    const [t, u] = [step / 60, 1 - step / 60];
    return [u * u * ax + 2 * u * t * bx + t * t * cx, u * u * ay + 2 * u * t * by + t * t * cy];
  });
}
