import type { StandardSchema } from '@pd/llm-client';
import type { ZodType } from 'zod';
import { findPlanFaults } from './find-plan-faults.ts';
import type { Plan, PlanStep } from './plan.ts';

/** The schema of a plan, with what no JSON Schema can say; zod is loaded with the first plan. */
export async function createPlanSchema(
  owners: readonly string[],
  maxSteps: number,
): Promise<StandardSchema<unknown, Plan>> {
  const { z } = await import('zod');
  const step = z.object({
    id: z.string().min(1).describe('Short and unique, such as s1.'),
    task: z.string().min(1).describe('What is to be done, complete in itself.'),
    dependsOn: z.array(z.string()).describe('Ids of the steps that have to be done before.'),
  });
  const owned: ZodType<PlanStep> =
    owners.length === 0 ? step : step.extend({ owner: z.enum(owners).describe('Who is to do it.') });
  return z.object({ steps: z.array(owned).min(1).max(maxSteps) }).superRefine(({ steps }, context) => {
    for (const { path, message } of findPlanFaults(steps))
      context.addIssue({ code: 'custom', path, message });
  });
}
