import type { Agent } from '@pd/agents';

/** A piece of work that can be done beside others. */
export interface Job<T> {
  /** Who works on it: nobody is asked by two jobs at the same time. */
  agents: readonly Agent[];
  /** Places of the jobs that have to be over before; each comes earlier in the row. */
  after?: readonly number[] | undefined;
  run(): Promise<T>;
}

/**
 * Does jobs at the same time, as far as they allow it. Of those that need the same agent the one that comes first in the row
 * goes first, so that what an agent is asked, and in which order, does not depend on who is quick.
 *
 * @param concurrency how many at the same time
 * @returns what came of each, in the order of the row; it waits for all of them, also after a failure
 */
export function runJobs<T>(
  jobs: readonly Job<T>[],
  concurrency: number = Number.POSITIVE_INFINITY,
): Promise<PromiseSettledResult<T>[]> {
  const results: PromiseSettledResult<T>[] = [];
  const { promise, resolve } = Promise.withResolvers<PromiseSettledResult<T>[]>();
  const needs = jobs.map(() => 0);
  const behind: number[][] = jobs.map(() => []);
  const lastOf = new Map<Agent, number>();
  for (const [i, { agents, after = [] }] of jobs.entries()) {
    const before = new Set(after);
    for (const agent of agents) {
      const last = lastOf.get(agent);
      if (last !== undefined) before.add(last);
      lastOf.set(agent, i);
    }
    needs[i] = before.size;
    for (const j of before) behind[j]?.push(i);
  }
  const ready = [...jobs.keys()].filter((i) => needs[i] === 0);
  let running = 0;
  let left = jobs.length;

  const begin = () => {
    while (running < concurrency && ready.length > 0) {
      running++;
      void once(ready.shift() as number);
    }
    if (left === 0) resolve(results);
  };
  const once = async (i: number) => {
    const [settled] = await Promise.allSettled([(jobs[i] as Job<T>).run()]);
    results[i] = settled as PromiseSettledResult<T>;
    running--;
    left--;
    for (const j of behind[i] ?? []) {
      const rest = (needs[j] ?? 0) - 1;
      needs[j] = rest;
      if (rest === 0) ready.push(j);
    }
    begin();
  };
  begin();
  return promise;
}
