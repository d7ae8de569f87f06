import type { RunTree } from '@pd/call-log/schema';
import { InvalidAnswerError } from '../errors/invalid-answer-error.ts';
import type { PeopleSay } from './answering.ts';

/**
 * Looks at what people are said to have said before any of it is on record, where it would stay.
 *
 * @param tree what is on record of the run
 * @throws {InvalidAnswerError} for an answer of nobody, a decision about no tool call, or what is neither
 */
export function checkPeopleSay(
  { answers = {}, decisions = {} }: PeopleSay,
  { agents, steps = [] }: Pick<RunTree, 'agents' | 'steps'>,
): void {
  for (const [what, given] of Object.entries({ answers, decisions }))
    if (typeof given !== 'object' || given === null || Array.isArray(given))
      throw new InvalidAnswerError(`${what} has to be an object, by ids, and is ${show(given)}`);
  const ids = new Set(agents.map(({ id }) => id));
  for (const [id, answer] of Object.entries(answers)) {
    if (!ids.has(id))
      throw new InvalidAnswerError(
        `there is an answer of ${show(id)}, who does not take part: there are ${[...ids].map(show).join(', ')}`,
      );
    if (typeof answer !== 'string')
      throw new InvalidAnswerError(`the answer of ${show(id)} is ${show(answer)}: give a text`);
  }
  const toolCalls = new Set([
    ...agents.flatMap(({ calls }) => calls.flatMap((call) => toolCallIds(call.post?.message))),
    // An answer from elsewhere is a step, and waits in it.
    ...steps.flatMap(({ value }) => toolCallIds((Object(value) as { pending?: unknown }).pending)),
  ]);
  for (const [id, decision] of Object.entries(decisions)) {
    if (!toolCalls.has(id))
      throw new InvalidAnswerError(
        `there is a decision about ${show(id)}, which is no tool call of the run: the outcome that waits has its ids in pending`,
      );
    if (decision !== 'allow' && decision !== 'deny' && typeof Object(decision).deny !== 'string')
      throw new InvalidAnswerError(
        `the decision about ${show(id)} is ${show(decision)}: give allow, deny or { deny: why }`,
      );
  }
}

function toolCallIds(asking: unknown): unknown[] {
  const { tool_calls } = Object(asking) as { tool_calls?: unknown };
  return Array.isArray(tool_calls) ? tool_calls.map((call) => Object(call).id) : [];
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 100) ?? String(value);
}
