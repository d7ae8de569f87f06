import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timedTree } from '../fixtures/timed-tree-arbitrary.ts';
import { criticalPath } from './critical-path.ts';
import { type Change, whatIf } from './what-if.ts';

const factor = fc.double({ min: 0, max: 4, noNaN: true });

function changes(tree: Parameters<typeof whatIf>[0], by: number): Change[] {
  const calls = tree.agents.flatMap((agent) => agent.calls);
  return [
    ...tree.agents.map(({ id }): Change => ({ kind: 'agent', agentId: id, factor: by })),
    ...calls.map(({ pre: { provider, model } }): Change => ({ kind: 'model', provider, model, factor: by })),
  ];
}

describe('the critical path', () => {
  it('goes from the beginning of the run to its end without gaps', () => {
    fc.assert(
      fc.property(timedTree, (tree) => {
        const { steps, durationMs } = criticalPath(tree);
        let at = 0;
        for (const step of steps) {
          expect(step.startMs).toBeCloseTo(at, 6);
          expect(step.durationMs).toBeGreaterThan(0);
          at += step.durationMs;
        }
        expect(at).toBeCloseTo(durationMs, 6);
      }),
    );
  });
});

describe('what if', () => {
  it('nothing changes, it takes what it took', () => {
    fc.assert(
      fc.property(timedTree, (tree) => {
        const { durationMs } = criticalPath(tree);
        for (const change of changes(tree, 1)) {
          expect(whatIf(tree, change)).toEqual({ change, durationMs, savedMs: 0 });
        }
      }),
    );
  });

  it('something is faster, the run is never longer; slower, never shorter; and never negative', () => {
    fc.assert(
      fc.property(timedTree, factor, (tree, by) => {
        const { durationMs } = criticalPath(tree);
        for (const change of changes(tree, by)) {
          const predicted = whatIf(tree, change).durationMs;
          expect(predicted).toBeGreaterThanOrEqual(0);
          if (by <= 1) expect(predicted).toBeLessThanOrEqual(durationMs + 1e-6);
          else expect(predicted).toBeGreaterThanOrEqual(durationMs - 1e-6);
        }
        expect(whatIf(tree, { kind: 'no_retries' }).durationMs).toBeLessThanOrEqual(durationMs);
      }),
    );
  });

  it('an agent off the critical path is faster, nothing is saved', () => {
    fc.assert(
      fc.property(timedTree, (tree) => {
        const onPath = new Set(
          criticalPath(tree).steps.flatMap(({ kind, agentId }) => (kind === 'call' ? [agentId] : [])),
        );
        for (const { id } of tree.agents) {
          if (onPath.has(id)) continue;
          expect(whatIf(tree, { kind: 'agent', agentId: id, factor: 0 }).savedMs).toBe(0);
        }
      }),
    );
  });
});
