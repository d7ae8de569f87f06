import type { Agent } from '@pd/agents';
import type { Scene } from '../scenario/scene.ts';
import { throwIfEnded } from './ends-scenario.ts';
import { agentsOf, type Task } from './pattern.ts';
import type { OwnedStep } from './read-plan.ts';
import { runJobs } from './run-jobs.ts';
import { toFailure } from './to-failure.ts';
import { type Worked, workOn } from './work-on.ts';

/** What steps are done with. */
export interface Executing {
  goal: string;
  /** What was wrong with the work before, when it is done again. */
  feedback?: string | undefined;
  /** Is asked where a step needs help. */
  person: Agent | undefined;
  /** How often a step may ask. */
  maxQuestions: number;
  concurrency: number;
}

/** What came of a step. */
export interface StepResult extends Worked {
  /** Id of the step. */
  id: string;
  /** `skipped`: a step it depends on was not done. */
  status: 'success' | 'failure' | 'need_help' | 'skipped';
}

/**
 * Does the steps of a plan, each as soon as those it depends on are done and its owner is free.
 *
 * @param steps each after those it depends on
 * @param plan who gives the steps, and by which call
 * @returns what came of each, in their order
 */
export async function carryOut(
  scene: Scene,
  steps: readonly OwnedStep[],
  plan: Task,
  executing: Executing,
): Promise<StepResult[]> {
  const places = new Map(steps.map(({ id }, i) => [id, i]));
  const done = new Map<string, StepResult>();
  const jobs = steps.map((step) => ({
    agents: agentsOf([step.member]),
    after: step.dependsOn.map((id) => places.get(id) as number),
    run: async () => {
      const earlier = step.dependsOn.map((id) => done.get(id));
      const result = earlier.every((each) => each?.status === 'success')
        ? await once(scene, step, earlier as StepResult[], plan, executing)
        : skipped(step);
      done.set(step.id, result);
      return result;
    },
  }));
  const settled = await runJobs(jobs, executing.concurrency);
  throwIfEnded(settled, scene);
  return settled.map((result, i) => {
    if (result.status === 'fulfilled') return result.value;
    const step = steps[i] as OwnedStep;
    return { ...toFailure(result.reason, ownerOf(step)), id: step.id, status: 'failure' };
  });
}

async function once(
  scene: Scene,
  step: OwnedStep,
  earlier: readonly StepResult[],
  plan: Task,
  { goal, feedback, person, maxQuestions }: Executing,
): Promise<StepResult> {
  const owner = ownerOf(step);
  for (const result of earlier) if (result.from !== owner) scene.tell(owner, result);
  const before = earlier.map(({ id, content }) => `- ${id}: ${content}`).join('\n');
  const task = [
    `Goal of the plan: ${goal}`,
    ...(before === '' ? [] : [`Done before:\n${before}`]),
    ...(feedback === undefined ? [] : [`What was wrong with the work before:\n${feedback}`]),
    `Your step: ${step.task}`,
  ].join('\n\n');
  const giver = plan.from;
  let worked = await workOn(scene, step.member, { content: task, from: giver, callId: plan.callId });
  for (let questions = 0; ; questions++) {
    const result = { ...worked, id: step.id, status: statusOf(worked) };
    if (result.status !== 'need_help' || person === undefined || scene.verdict !== undefined) return result;
    if (questions === maxQuestions)
      return {
        ...result,
        status: 'failure',
        content: `still needs help after ${questions} answers: ${result.content}`,
      };
    const { content, from, callId } = worked;
    const help = await workOn(scene, person, { content, from, callId });
    const helped = `${task}\n\nYou asked: ${content}\n\n${person.id} answered: ${help.content}`;
    worked = await workOn(scene, step.member, { content: helped, from: person.id });
  }
}

/** An executor says how it went; of others an answer is a success. */
function statusOf({ content, reason, reply }: Worked): StepResult['status'] {
  const { status } = Object(reply?.object) as { status?: unknown };
  if (status === 'success' || status === 'failure' || status === 'need_help') return status;
  if (reason === 'waiting' || reply?.stopReason === 'approval') return 'need_help';
  return content.trim() === '' ? 'failure' : 'success';
}

/** Id of the agent that a step is for; of a pattern the first one in it. */
function ownerOf({ member }: OwnedStep): string {
  return agentsOf([member])[0]?.id ?? '';
}

function skipped(step: OwnedStep): StepResult {
  return { id: step.id, status: 'skipped', content: '', from: ownerOf(step) };
}
