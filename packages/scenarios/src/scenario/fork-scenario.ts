import { join } from 'node:path';
import { createRunId } from '@pd/call-log';
import { forkRun, readTree } from '@pd/call-log/reader';
import type { MessageNode } from '@pd/call-log/schema';
import type { StandardSchema } from '@pd/llm-client';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { checkRunId, checkScenarioOptions } from './check-options.ts';
import type { Scenario } from './define-scenario.ts';
import type { Edit } from './edits.ts';
import { readScenarioOf } from './read-scenario-of.ts';
import { type ResumeScenarioOptions, resumeScenario, streamResumed } from './resume-scenario.ts';
import type { ScenarioRun } from './scenario-event.ts';
import type { ScenarioOutcome } from './scenario-outcome.ts';

export interface ForkScenarioOptions extends ResumeScenarioOptions {
  /** The message that is to say something else: its id, or its place among the run's messages, from 1. */
  message: string | number;
  /** What it is to say. */
  content: string;
  /** Id of the new run. Default: a new one that sorts by time. */
  forkId?: string | undefined;
}

/**
 * Makes a new run out of one that is on record: up to a message everything is as it was and costs nothing; the message says
 * something else; what comes of that is new. The old run stays as it is.
 *
 * @throws {InvalidScenarioError} when there is no such message
 * @throws what {@link resumeScenario} throws
 */
export async function* streamFork<Schema extends StandardSchema>(
  scenario: Scenario<Schema>,
  options: ForkScenarioOptions,
): ScenarioRun {
  return yield* streamResumed(scenario, await forked(scenario, options));
}

/** As {@link streamFork}, for the outcome alone. */
export async function forkScenario<Schema extends StandardSchema>(
  scenario: Scenario<Schema>,
  options: ForkScenarioOptions,
): Promise<ScenarioOutcome> {
  return resumeScenario(scenario, await forked(scenario, options));
}

/** Makes the new run, which is then resumed. */
async function forked<Schema extends StandardSchema>(
  scenario: Scenario<Schema>,
  { message, content, forkId: id = createRunId(), ...options }: ForkScenarioOptions,
): Promise<ResumeScenarioOptions> {
  checkScenarioOptions(scenario, options);
  checkRunId(options.runId);
  if (typeof content !== 'string')
    throw new InvalidScenarioError(`a message of a fork is to say ${String(content)}: give content, a text`);
  const path = join(options.log.dir, `${options.runId}.jsonl`);
  const { edits = [], ...about } = await readScenarioOf(path, scenario);
  const tree = await readTree(path);
  const { edit, before, isEarlier } = toEdit(tree.messages, message, content);
  // What was edited later came of what this message said, and is not in the new run.
  const scenarioOfFork = { ...about, edits: [...edits.filter(isEarlier), edit] };
  await forkRun(path, { before, id, metadata: { ...tree.run.metadata, scenario: scenarioOfFork } });
  return { ...options, runId: id };
}

function toEdit(
  messages: readonly MessageNode[],
  which: string | number,
  content: string,
): { edit: Edit; before: string; isEarlier: (edit: Edit) => boolean } {
  const place = typeof which === 'number' ? which - 1 : messages.findIndex(({ id }) => id === which);
  const found = messages[place];
  if (found === undefined)
    throw new InvalidScenarioError(
      `there is no message ${which} in this run: give an id, or a number from 1 to ${messages.length}`,
    );
  const { id: before, from = '', to = '' } = found;
  const earlier = (way: Pick<Edit, 'from' | 'to'>) =>
    messages.slice(0, place).filter((each) => each.from === way.from && each.to === way.to).length;
  return {
    edit: { from, to, n: earlier({ from, to }) + 1, content },
    before,
    isEarlier: (edit) => edit.n <= earlier(edit),
  };
}
