import type { Scene } from '../scenario/scene.ts';
import type { StepResult } from './carry-out.ts';
import { inWords } from './in-words.ts';
import type { PatternResult, Task } from './pattern.ts';
import type { OwnedStep } from './read-plan.ts';

/** What came of the steps that no other step depends on. */
export function workOf(results: readonly StepResult[], steps: readonly OwnedStep[]): PatternResult {
  const last = lastOf(results, steps);
  const [only] = last;
  if (only !== undefined && last.length === 1)
    return { content: only.content, from: only.from, callId: only.callId, reply: only.reply };
  return { content: inWords(last) };
}

function lastOf(results: readonly StepResult[], steps: readonly OwnedStep[]): readonly StepResult[] {
  const needed = new Set(steps.flatMap(({ dependsOn }) => dependsOn));
  return results.filter(({ id, status }) => status === 'success' && !needed.has(id));
}

/** The same where the work is done; of several results whoever gave the task is told each. */
export function toWhole(
  scene: Scene,
  results: readonly StepResult[],
  steps: readonly OwnedStep[],
  task: Task,
): PatternResult {
  const work = workOf(results, steps);
  if (work.from === undefined)
    for (const result of lastOf(results, steps)) if (result.from !== task.from) scene.tell(task.from, result);
  return work;
}
