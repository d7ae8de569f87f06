import type { PlanStep } from '@pd/agents';

/**
 * The steps of a plan that can begin now: not done, not begun, and waiting for nothing that is not done. Asked each time
 * that a step is done, it lets every step begin as soon as it can, which waves (`toWaves()`) do not: those wait for the
 * slowest of the wave before.
 *
 * In the order of the plan. Empty when all is done, or when what has begun has to be waited for; a plan that
 * {@link checkPlan} accepts never gets stuck.
 *
 * @param done ids of the steps that are done
 * @param begun ids of those that have begun, done or not. Default: none but those that are done
 */
export function readySteps(
  steps: readonly PlanStep[],
  done: ReadonlySet<string>,
  begun: ReadonlySet<string> = done,
): PlanStep[] {
  return steps.filter(
    ({ id, dependsOn }) => !done.has(id) && !begun.has(id) && dependsOn.every((needed) => done.has(needed)),
  );
}
