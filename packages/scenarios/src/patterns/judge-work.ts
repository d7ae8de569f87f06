import type { Agent } from '@pd/agents';
import type { Scene } from '../scenario/scene.ts';
import type { StepResult } from './carry-out.ts';
import { inWords } from './in-words.ts';
import type { Task } from './pattern.ts';
import type { OwnedStep } from './read-plan.ts';
import { readVerdict } from './read-verdict.ts';
import { workOn } from './work-on.ts';

/** Why there has to be another round, and who says so. */
export interface Complaint extends Task {
  /** What the outcome says when it was the last round. */
  reason: 'no_plan' | 'step_failed' | 'rejected';
}

/** What keeps the work from being done, if anything does. */
export async function judgeWork(
  scene: Scene,
  given: {
    critic: Agent | undefined;
    planner: Agent;
    task: Task;
    results: readonly StepResult[];
    steps: readonly OwnedStep[];
  },
): Promise<Complaint | undefined> {
  const { critic, planner, task, results, steps } = given;
  const failed = results.filter(({ status }) => status === 'failure');
  const [first] = failed;
  if (first !== undefined) {
    for (const result of failed.slice(1)) if (result.from !== planner.id) scene.tell(planner.id, result);
    const content = failed.map(({ id, content: why }) => `step ${id} has failed: ${why}`).join('\n');
    return { reason: 'step_failed', content, from: first.from, callId: first.callId };
  }
  if (critic === undefined || scene.verdict !== undefined) return undefined;
  for (const result of results) if (result.from !== critic.id) scene.tell(critic.id, result);
  const work = inWords(results.map(({ id, content }) => ({ from: id, content })));
  const verdict = await workOn(scene, critic, {
    content: `Goal: ${task.content}\n\nWork:\n${steps.length === 1 ? (results[0]?.content ?? '') : work}`,
    from: task.from,
    callId: task.callId,
  });
  const { passed, feedback } = readVerdict(verdict);
  if (passed) return undefined;
  return { reason: 'rejected', content: feedback, from: verdict.from, callId: verdict.callId };
}

/** What the planner is told for another plan. */
export function inRetrospect({ reason, content }: Complaint, results: readonly StepResult[]): string {
  if (reason === 'no_plan') return `The plan cannot be carried out: ${content}\n\nMake another one.`;
  const done = results.filter(({ status }) => status === 'success');
  const before =
    done.length === 0 ? '' : `Done so far:\n${inWords(done.map((step) => ({ ...step, from: step.id })))}\n\n`;
  const why = reason === 'rejected' ? `The work did not pass:\n${content}` : content;
  return `${before}${why}\n\nMake another plan.`;
}
