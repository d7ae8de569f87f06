import type { Agent } from '@pd/agents';
import { EmptyAnswerError } from '../errors/empty-answer-error.ts';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { MembersFailedError } from '../errors/members-failed-error.ts';
import type { Answer, Scene } from '../scenario/scene.ts';
import { throwIfEnded } from './ends-scenario.ts';
import { inWords } from './in-words.ts';
import { checkLimit, checkMembers, isAgentMember, nameOf } from './member-checks.ts';
import {
  agentsOf,
  definePattern,
  type Member,
  type Pattern,
  type PatternResult,
  type Task,
} from './pattern.ts';
import { runJobs } from './run-jobs.ts';
import { takeFirst } from './take-first.ts';
import { takeMajority } from './take-majority.ts';
import { workOn } from './work-on.ts';

/**
 * What becomes of the answers.
 *
 * | join | the result |
 * |---|---|
 * | `all` | all of them, each under the id of who gave it, in the order of the members |
 * | `first` | the one that was there first; the others are aborted. The only one that depends on time |
 * | `majority` | the one that most have given; of equals the one of the first member |
 * | a function | what it makes of them, in the order of the members |
 * | an agent | what it answers to all of them |
 */
export type Join =
  | 'all'
  | 'first'
  | 'majority'
  | Agent
  | ((answers: readonly Answer[], task: Task) => string | Promise<string>);

export interface ParallelOptions {
  members: readonly Member[];
  /** Default: `all`. */
  join?: Join | undefined;
  /** How many work at the same time. Default: all. */
  concurrency?: number | undefined;
  /** How many may fail or answer nothing. Default: 0; with `first` all but one. */
  tolerate?: number | undefined;
  /** With `majority`: what an answer counts as. Default: its text, without regard to case, spaces and punctuation at its ends. */
  vote?: ((answer: Answer) => string) | undefined;
}

/**
 * All members get the task at the same time. Answers that are not the result go to whoever gave the task.
 *
 * Members that share an agent work one after the other, so that nothing but `first` depends on who is quick. For the same
 * reason all are waited for, also when too many have failed.
 *
 * @throws {InvalidScenarioError} without members, or for options that make no sense; while it is played {@link MembersFailedError}
 */
export function parallel(options: ParallelOptions): Pattern {
  const given = Object(options) as ParallelOptions;
  const { members, join = 'all', concurrency = Number.POSITIVE_INFINITY, vote } = given;
  checkMembers(members, 'parallel');
  checkJoin(join);
  const { tolerate = join === 'first' ? members.length - 1 : 0 } = given;
  checkLimit('concurrency', concurrency);
  checkLimit('tolerate', tolerate, 0);
  if (vote !== undefined && typeof vote !== 'function')
    throw new InvalidScenarioError('vote has to be a function that gives a text');
  const all = isAgentMember(join) ? [...members, join] : members;
  return definePattern('parallel', all, async (task, scene): Promise<PatternResult> => {
    const work = async (member: Member, signal?: AbortSignal): Promise<Answer> => {
      const worked = await workOn(scene, member, { ...task, signal });
      if (worked.content.trim() === '') throw new EmptyAnswerError(`${nameOf(member)} has answered nothing`);
      return { ...worked, reply: worked.reply ?? { content: worked.content } };
    };
    const failed = (results: readonly PromiseSettledResult<unknown>[]) => {
      throwIfEnded(results, scene);
      const failures = results.flatMap((result, i) =>
        result.status === 'rejected' ? [{ member: nameOf(members[i] as Member), error: result.reason }] : [],
      );
      if (failures.length > tolerate || failures.length === members.length)
        throw new MembersFailedError(failures, members.length, tolerate);
    };
    if (join === 'first') {
      const first = await takeFirst(scene, members, { concurrency, work });
      if ('answer' in first) return first.answer;
      failed(first.results);
    }
    const jobs = members.map((member) => ({ agents: agentsOf([member]), run: () => work(member) }));
    const results = await runJobs(jobs, concurrency);
    failed(results);
    const answers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    return joined(scene, answers, { join, vote, task });
  });
}

async function joined(
  scene: Scene,
  answers: readonly Answer[],
  { join, vote, task }: { join: Join; vote: ParallelOptions['vote']; task: Task },
): Promise<PatternResult> {
  const tell = (to: string, but?: Answer) => {
    for (const answer of answers) if (answer !== but && answer.from !== to) scene.tell(to, answer);
  };
  if (join === 'majority') {
    const { answer, detail } = takeMajority(answers, vote);
    tell(task.from, answer);
    return { ...answer, detail };
  }
  if (isAgentMember(join) && scene.verdict === undefined) {
    tell(join.id);
    const content = `${task.content}\n\nWhat was answered:\n\n${inWords(answers)}`;
    return workOn(scene, join, { ...task, content });
  }
  tell(task.from);
  if (typeof join === 'function') return { content: await join(answers, task) };
  return { content: inWords(answers) };
}

function checkJoin(join: unknown): void {
  const isKnown = join === 'all' || join === 'first' || join === 'majority';
  if (!isKnown && typeof join !== 'function' && !isAgentMember(join))
    throw new InvalidScenarioError(
      `join is ${String(join)}: give all, first, majority, a function, or an agent`,
    );
}
