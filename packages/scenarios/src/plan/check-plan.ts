import { findPlanFaults, type PlanStep } from '@pd/agents';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';

/**
 * Looks at a plan before any of it is done.
 *
 * @throws {InvalidScenarioError} when it has no steps, or cannot be carried out: ids given twice, steps that depend on
 *   what is no step, and steps that wait for each other. The message names them all.
 */
export function checkPlan(steps: readonly PlanStep[]): void {
  if (steps.length === 0) throw new InvalidScenarioError('the plan has no steps: give at least one');
  const faults = findPlanFaults(steps);
  if (faults.length > 0)
    throw new InvalidScenarioError(
      `the plan cannot be carried out: ${faults.map(({ message }) => message).join('; ')}`,
    );
}
