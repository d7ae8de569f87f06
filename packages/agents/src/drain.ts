import type { AgentPart } from './agent.ts';

/** What a generator of parts returns, for those who do not want the parts. */
export async function drain<Result>(source: AsyncGenerator<AgentPart, Result, undefined>): Promise<Result> {
  for (;;) {
    const { done, value } = await source.next();
    if (done) return value;
  }
}
