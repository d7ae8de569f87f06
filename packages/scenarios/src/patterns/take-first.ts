import type { Answer, Scene } from '../scenario/scene.ts';
import { nameOf } from './member-checks.ts';
import { agentsOf, type Member } from './pattern.ts';
import { runJobs } from './run-jobs.ts';

/**
 * The answer that is there first; the others are aborted. Who that was is a step, so that a scenario that is resumed takes
 * the same one.
 *
 * @returns the answer, or what came of each when there is none
 */
export async function takeFirst(
  scene: Scene,
  members: readonly Member[],
  options: { concurrency: number; work: (member: Member, signal: AbortSignal) => Promise<Answer> },
): Promise<{ answer: Answer } | { results: PromiseSettledResult<Answer>[] }> {
  const controllers = members.map(() => new AbortController());
  const someFirst = Promise.withResolvers<number>();
  const answers = members.map(() => Promise.withResolvers<Answer>());
  for (const { promise } of answers) promise.catch(() => {});
  const jobs = members.map((member, i) => ({
    agents: agentsOf([member]),
    async run() {
      const { signal } = controllers[i] as AbortController;
      signal.throwIfAborted();
      const work = options.work(member, signal);
      answers[i]?.resolve(work);
      const answer = await work;
      someFirst.resolve(i);
      return answer;
    },
  }));
  const all = runJobs(jobs, options.concurrency);
  // What has failed is not on record: when it is resumed, somebody may be first.
  void all.then(() => someFirst.reject(new Error('nobody was first')));
  const name = `first of ${members.map(nameOf).join(', ')}`;
  const first = await scene.step(name, () => someFirst.promise).catch(() => undefined);
  if (first === undefined) return { results: await all };
  const answer = await (answers[first] as PromiseWithResolvers<Answer>).promise;
  const reason = new Error(`${nameOf(members[first] as Member)} was first`);
  for (const [i, controller] of controllers.entries()) if (i !== first) controller.abort(reason);
  await all;
  return { answer };
}
