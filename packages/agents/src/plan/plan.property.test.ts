import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPlanFaults } from './find-plan-faults.ts';
import type { PlanStep } from './plan.ts';
import { toWaves } from './to-waves.ts';

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const steps = fc.array(fc.record({ id, task: fc.constant('t'), dependsOn: fc.array(id, { maxLength: 2 }) }), {
  minLength: 1,
  maxLength: 6,
});

/** Said again, without an eye on speed: whether each step can be reached by doing those it waits for. */
function canBeDone(plan: readonly PlanStep[]): boolean {
  const reach = (name: string, above: readonly string[]): boolean => {
    const step = plan.find((each) => each.id === name);
    if (step === undefined || above.includes(name)) return false;
    return step.dependsOn.every((needed) => reach(needed, [...above, name]));
  };
  return (
    new Set(plan.map((step) => step.id)).size === plan.length && plan.every((step) => reach(step.id, []))
  );
}

describe('plans', () => {
  it('have faults exactly when they cannot be carried out', () => {
    fc.assert(fc.property(steps, (plan) => (findPlanFaults(plan).length === 0) === canBeDone(plan)));
  });

  it('without faults fall into waves that wait for earlier ones only', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        fc.pre(findPlanFaults(plan).length === 0);
        const done = new Set<string>();
        for (const wave of toWaves(plan)) {
          expect(wave.every(({ dependsOn }) => dependsOn.every((needed) => done.has(needed)))).toBe(true);
          for (const step of wave) done.add(step.id);
        }
        expect(done.size).toBe(plan.length);
      }),
    );
  });
});
