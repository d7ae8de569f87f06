import { type PlanStep, toWaves } from '@pd/agents';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkGraph } from './check-graph.ts';
import { checkPlan } from './check-plan.ts';
import { findGraphFaults } from './find-graph-faults.ts';
import { readySteps } from './ready-steps.ts';

const step = (id: string, ...dependsOn: string[]): PlanStep => ({ id, task: id, dependsOn });
const ids = (steps: readonly PlanStep[]) => steps.map(({ id }) => id);
const invalid = (message: string) =>
  expect.objectContaining({ code: 'invalid_scenario', message: expect.stringContaining(message) });

/** Steps that depend on earlier ones only, in any order. */
const plan = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
  .map((all) =>
    all.map((needs, i) => step(`s${i}`, ...new Set(i === 0 ? [] : needs.map((n) => `s${n % i}`)))),
  )
  .chain((steps) => fc.shuffledSubarray(steps, { minLength: steps.length }));

describe('readySteps', () => {
  const steps = [step('a'), step('b', 'a'), step('c', 'a'), step('d', 'b', 'c')];

  it('gives each step as soon as nothing is in its way', () => {
    expect(ids(readySteps(steps, new Set()))).toEqual(['a']);
    expect(ids(readySteps(steps, new Set(['a'])))).toEqual(['b', 'c']);
    expect(ids(readySteps(steps, new Set(['a']), new Set(['a', 'b'])))).toEqual(['c']);
    expect(ids(readySteps(steps, new Set(['a', 'b'])))).toEqual(['c']);
    expect(readySteps(steps, new Set(['a', 'b', 'c', 'd']))).toEqual([]);
  });

  it('carries out every plan that can be, whatever is done first, and no slower than its waves', () => {
    fc.assert(
      fc.property(plan, fc.infiniteStream(fc.nat()), (all, choices) => {
        checkPlan(all);
        const [done, begun] = [new Set<string>(), new Set<string>()];
        while (done.size < all.length) {
          for (const { id, dependsOn } of readySteps(all, done, begun)) {
            expect(dependsOn.every((needed) => done.has(needed))).toBe(true);
            expect(begun.has(id)).toBe(false);
            begun.add(id);
          }
          const running = [...begun].filter((id) => !done.has(id));
          const finished = running[(choices.next().value ?? 0) % running.length];
          if (finished === undefined) throw new Error('stuck');
          done.add(finished);
        }
        // When all that has begun is done at once, what is ready is the next wave.
        const together = new Set<string>();
        for (const wave of toWaves(all)) {
          expect(ids(readySteps(all, together))).toEqual(ids(wave));
          for (const { id } of wave) together.add(id);
        }
      }),
    );
  });
});

describe('checkPlan', () => {
  it('names what cannot be carried out', () => {
    expect(() => checkPlan([])).toThrow(invalid('no steps'));
    expect(() => checkPlan([step('a', 'b'), step('b', 'a')])).toThrow(invalid('wait for each other: a, b'));
    expect(() => checkPlan([step('a', 'x')])).toThrow(invalid('a depends on x, which is no step'));
    expect(() => checkPlan([step('a'), step('a')])).toThrow(invalid('two steps with the id a'));
    expect(() => checkPlan([step('a', 'a')])).toThrow(invalid('wait for each other: a'));
  });
});

describe('checkGraph', () => {
  const edges = (...all: string[]) => all.map((each) => ({ from: each[0] ?? '', to: each[1] ?? '' }));
  const faults = (...given: Parameters<typeof findGraphFaults>) =>
    findGraphFaults(...given).map(({ type, node }) => (node === undefined ? type : `${type} ${node}`));

  it('takes loops that can be left', () => {
    const graph = { nodes: ['a', 'b', 'c'], edges: edges('ab', 'ba', 'bc', 'bb') };
    expect(faults(graph)).toEqual([]);
    expect(() => checkGraph(graph)).not.toThrow();
    expect(faults({ nodes: ['a'], edges: [] })).toEqual([]);
    expect(faults({ nodes: ['a', 'b'], edges: edges('ab', 'ba'), ends: ['a'] })).toEqual([]);
  });

  it('names what is wrong', () => {
    expect(faults({ nodes: [], edges: [] })).toEqual(['no_nodes']);
    expect(faults({ nodes: ['a', 'a', 'a'], edges: [] })).toEqual(['duplicate_node a']);
    expect(faults({ nodes: ['a'], edges: edges('ax', 'ya'), start: 'z', ends: ['q'] })).toEqual([
      'unknown_node z',
      'unknown_node q',
      'unknown_node x',
      'unknown_node y',
    ]);
    expect(faults({ nodes: ['a', 'b', 'c'], edges: edges('ab', 'cb') })).toEqual(['unreachable c']);
    expect(faults({ nodes: ['a', 'b', 'c', 'd'], edges: edges('ab', 'bc', 'cb', 'ad') })).toEqual([
      'no_way_to_end b',
      'no_way_to_end c',
    ]);
    expect(() => checkGraph({ nodes: ['a', 'b'], edges: edges('ab', 'ba') })).toThrow(
      invalid('no way leads from a to an end; no way leads from b to an end'),
    );
    const many = { nodes: Array.from({ length: 1_000 }, (_, i) => `n${i}`), edges: [] };
    expect(() => checkGraph(many)).toThrow(invalid('no way leads from n0 to n10; and 989 more'));
  });

  it('finds faults exactly where a walk would', () => {
    const node = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    fc.assert(
      fc.property(fc.array(fc.record({ from: node, to: node }), { maxLength: 10 }), node, (all, end) => {
        const graph = { nodes: ['a', 'b', 'c', 'd', 'e'], edges: all, ends: [end] };
        const leads = (from: string, to: string, left = 5): boolean =>
          from === to || (left > 0 && all.some((edge) => edge.from === from && leads(edge.to, to, left - 1)));
        const expected = graph.nodes.flatMap((each) => {
          if (!leads('a', each)) return [`unreachable ${each}`];
          return leads(each, end) ? [] : [`no_way_to_end ${each}`];
        });
        expect(faults(graph)).toEqual(expected);
      }),
    );
  });
});
