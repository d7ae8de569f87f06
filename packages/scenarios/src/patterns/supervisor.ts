import type { Agent, Instructions } from '@pd/agents';
import type { ChatMessageParam } from '@pd/llm-client';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import type { Scene } from '../scenario/scene.ts';
import { throwIfEnded } from './ends-scenario.ts';
import { byName, checkLimit, checkMembers, isAgentMember } from './member-checks.ts';
import {
  agentsOf,
  definePattern,
  type Member,
  type Pattern,
  type PatternResult,
  type Task,
} from './pattern.ts';
import { readInstructions } from './read-instructions.ts';
import { runJobs } from './run-jobs.ts';
import { toFailure } from './to-failure.ts';
import { toUserLine } from './to-user-line.ts';
import { toEnd, type Worked, workOn } from './work-on.ts';

export interface SupervisorOptions {
  /** Gives the tasks: a `SupervisorAgent`, or an agent that answers in the same form. */
  supervisor: Agent;
  /** Agents by their ids, patterns by their names. */
  workers: readonly Member[];
  /** How often the supervisor is asked. Default: 10. */
  maxRounds?: number | undefined;
  /** How many tasks of one round are worked on at the same time. Default: all. */
  concurrency?: number | undefined;
}

const DEFAULT_MAX_ROUNDS = 10;

/**
 * One gives tasks to workers, sees what they answer, and decides when it is done. The tasks of one answer are worked on at
 * the same time; each result is a message of the worker to the supervisor, also that a worker has failed or answered nothing.
 * The supervisor is shown the whole conversation each time (`history`), so it needs no memory. Instructions that cannot be
 * followed are told to it.
 *
 * It ends with `max_rounds` when the supervisor does not come to an end.
 *
 * @throws {InvalidScenarioError} without a supervisor or workers, with two workers of one name, or for a limit that is none
 */
export function supervisor(options: SupervisorOptions): Pattern {
  const given = Object(options) as SupervisorOptions;
  const { supervisor: boss, workers, maxRounds = DEFAULT_MAX_ROUNDS } = given;
  const { concurrency = Number.POSITIVE_INFINITY } = given;
  if (!isAgentMember(boss)) throw new InvalidScenarioError('supervisor has to be an agent');
  checkMembers(workers, 'supervisor');
  checkLimit('maxRounds', maxRounds);
  checkLimit('concurrency', concurrency);
  const named = byName(workers, 'workers');
  if (named.has(boss.id)) throw new InvalidScenarioError(`${boss.id} cannot be its own worker`);
  return definePattern('supervisor', [boss, ...workers], async (task, scene): Promise<PatternResult> => {
    const history: ChatMessageParam[] = [];
    let said: Task = task;
    for (let round = 1; ; round++) {
      const answer = await workOn(scene, boss, { ...said, history: [...history] });
      if (answer.content.trim() === '') return toEnd(answer, boss);
      history.push(toUserLine(said), { role: 'assistant', content: answer.content });
      const wanted = readInstructions(answer, named);
      if ('tasks' in wanted && wanted.tasks.length === 0)
        return {
          ...answer,
          content: wanted.answer,
          ...(wanted.answer.trim() === '' && { reason: 'empty_answer' }),
        };
      if (scene.verdict !== undefined) return answer;
      if (round === maxRounds)
        return { ...answer, reason: 'max_rounds', detail: `${boss.id} was not done after ${round} rounds` };
      if ('fault' in wanted) {
        said = { content: `That cannot be done: ${wanted.fault}.`, from: task.from };
        continue;
      }
      const results = await work(scene, wanted, { named, concurrency, answer });
      // All but the last are heard; the last one is what the supervisor is asked with.
      for (const result of results.slice(0, -1)) {
        scene.tell(boss.id, result);
        history.push(toUserLine(result));
      }
      said = results.at(-1) as Worked;
      if (scene.verdict !== undefined) return said;
    }
  });
}

/** What came of the tasks, each told by its worker. */
async function work(
  scene: Scene,
  { tasks }: Instructions,
  given: { named: ReadonlyMap<string, Member>; concurrency: number; answer: Worked },
): Promise<Worked[]> {
  const { from, callId } = given.answer;
  const jobs = tasks.map(({ worker, task: content }) => {
    const member = given.named.get(worker) as Member;
    return { agents: agentsOf([member]), run: () => workOn(scene, member, { content, from, callId }) };
  });
  const settled = await runJobs(jobs, given.concurrency);
  throwIfEnded(settled, scene);
  return settled.map((result, i) => {
    const { worker } = tasks[i] as Instructions['tasks'][number];
    const member = given.named.get(worker) as Member;
    const teller = agentsOf([member])[0]?.id ?? worker;
    const worked = result.status === 'fulfilled' ? result.value : toFailure(result.reason, teller);
    const content = worked.content.trim() === '' ? `${worker} has answered nothing.` : worked.content;
    // A pattern whose result is made of several answers has heard of them by its first agent.
    return { ...worked, content, from: worked.from === from ? teller : worked.from };
  });
}
