import type { PlanStep } from './plan.ts';

/** What is wrong with a plan, and where in it. */
export interface PlanFault {
  path: (string | number)[];
  message: string;
}

/** What keeps a plan from being carried out: ids given twice, dependencies that do not exist, and cycles. */
export function findPlanFaults(steps: readonly PlanStep[]): PlanFault[] {
  const faults: PlanFault[] = [];
  const places = new Map<string, number>();
  for (const [i, { id }] of steps.entries()) {
    if (places.has(id))
      faults.push({ path: ['steps', i, 'id'], message: `there are two steps with the id ${id}` });
    else places.set(id, i);
  }
  for (const [i, { id, dependsOn }] of steps.entries()) {
    for (const [j, needed] of dependsOn.entries()) {
      if (!places.has(needed))
        faults.push({
          path: ['steps', i, 'dependsOn', j],
          message: `${id} depends on ${needed}, which is no step`,
        });
    }
  }
  if (faults.length > 0) return faults;
  const stuck = stuckSteps(steps);
  if (stuck.length === 0) return [];
  return [{ path: ['steps'], message: `these steps wait for each other: ${stuck.join(', ')}` }];
}

/** The steps that are on a cycle or behind one. */
function stuckSteps(steps: readonly PlanStep[]): string[] {
  const done = new Set<string>();
  for (let before = -1; before < done.size; ) {
    before = done.size;
    for (const { id, dependsOn } of steps) if (dependsOn.every((needed) => done.has(needed))) done.add(id);
  }
  return steps.filter(({ id }) => !done.has(id)).map(({ id }) => id);
}
