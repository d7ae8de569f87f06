import type { PlanStep } from './plan.ts';

/**
 * The steps of a plan in waves: those of one wave depend on earlier waves only, so they can be done at the same time.
 *
 * @throws {RangeError} for steps that wait for each other, which no plan of a planner has
 */
export function toWaves(steps: readonly PlanStep[]): PlanStep[][] {
  const waves: PlanStep[][] = [];
  const done = new Set<string>();
  let rest = [...steps];
  while (rest.length > 0) {
    const ready = rest.filter(({ dependsOn }) => dependsOn.every((id) => done.has(id)));
    if (ready.length === 0)
      throw new RangeError(`these steps can never begin: ${rest.map(({ id }) => id).join(', ')}`);
    for (const { id } of ready) done.add(id);
    rest = rest.filter((step) => !ready.includes(step));
    waves.push(ready);
  }
  return waves;
}
