import { type Agent, findPlanFaults, type PlanStep, toWaves } from '@pd/agents';
import { isPattern, type Member, type PatternResult } from './pattern.ts';
import { fromJson } from './read-verdict.ts';

/** A step with whoever is to do it. */
export interface OwnedStep extends PlanStep {
  member: Member;
}

/**
 * The plan in an answer of a `PlannerAgent`, or of any agent that answers with
 * `{ "steps": [{ "id": …, "task": …, "owner": …, "dependsOn": […] }] }`, each step after those it depends on.
 *
 * An owner is the id or the role of an agent, or the name of a pattern. Steps of one role, and steps without an owner, go to
 * those there are in turn.
 *
 * @returns what is wrong with it where it cannot be carried out, for the planner to read
 */
export function readPlan(
  { content, reply }: PatternResult,
  executors: readonly Member[],
): { steps: readonly OwnedStep[] } | { fault: string } {
  const { steps } = Object(reply?.object ?? fromJson(content)) as { steps?: unknown };
  if (!Array.isArray(steps)) return { fault: 'the answer is no plan: it has no list of steps' };
  if (steps.length === 0) return { fault: 'the plan has no steps' };
  const parsed = steps.map(toStep);
  const broken = parsed.indexOf(undefined);
  if (broken >= 0)
    return { fault: `step ${broken + 1} needs an id and a task, both texts, and dependsOn, a list of ids` };
  const all = parsed as PlanStep[];
  const faults = findPlanFaults(all);
  if (faults.length > 0) return { fault: faults.map(({ message }) => message).join('; ') };
  const turns = new Map<string, number>();
  const owned: OwnedStep[] = [];
  for (const step of toWaves(all).flat()) {
    const able = ableTo(step.owner, executors);
    const turn = turns.get(step.owner ?? '') ?? 0;
    turns.set(step.owner ?? '', turn + 1);
    const member = able[turn % able.length];
    if (member === undefined)
      return { fault: `step ${step.id} is for ${step.owner}, and nobody has that id or role` };
    owned.push({ ...step, member });
  }
  return { steps: owned };
}

function ableTo(owner: string | undefined, executors: readonly Member[]): readonly Member[] {
  if (owner === undefined) return executors;
  const named = executors.filter((member) => (isPattern(member) ? member.name : member.id) === owner);
  if (named.length > 0) return named;
  return executors.filter((member) => !isPattern(member) && (member as Agent).role === owner);
}

function toStep(value: unknown): PlanStep | undefined {
  const { id, task, owner, dependsOn = [] } = Object(value) as Record<string, unknown>;
  const isStep =
    typeof id === 'string' &&
    id !== '' &&
    typeof task === 'string' &&
    task !== '' &&
    (owner === undefined || owner === null || typeof owner === 'string') &&
    Array.isArray(dependsOn) &&
    dependsOn.every((each) => typeof each === 'string');
  if (!isStep) return undefined;
  return { id, task, dependsOn, ...(typeof owner === 'string' && { owner }) };
}
