import type { Instructions } from '@pd/agents';
import type { PatternResult } from './pattern.ts';
import { fromJson } from './read-verdict.ts';

/**
 * What a supervisor wants, in the answer of a `SupervisorAgent` or of any agent that answers with
 * `{ "tasks": [{ "worker": …, "task": … }], "answer": … }`. A text that is no JSON is the answer.
 *
 * @param workers who there is
 * @returns what is wrong with it where it cannot be followed, for the supervisor to read
 */
export function readInstructions(
  { content, reply }: PatternResult,
  workers: ReadonlyMap<string, unknown>,
): Instructions | { fault: string } {
  const value = reply?.object ?? fromJson(content);
  if (typeof value !== 'object' || value === null) return { tasks: [], answer: content };
  const { tasks = [], answer = '' } = value as Record<string, unknown>;
  if (!Array.isArray(tasks) || typeof answer !== 'string')
    return { fault: 'tasks has to be a list, and answer a text' };
  for (const each of tasks) {
    const { worker, task } = Object(each) as Record<string, unknown>;
    if (typeof worker !== 'string' || typeof task !== 'string' || task === '')
      return { fault: 'each task needs a worker and a task, both of them texts' };
    if (!workers.has(worker))
      return {
        fault: `there is no worker ${JSON.stringify(worker)}; there are ${[...workers.keys()].join(', ')}`,
      };
  }
  return { tasks, answer };
}
