import { join } from 'node:path';
import { readTree } from '@pd/call-log/reader';
import type { StandardSchema } from '@pd/llm-client';
import type { RecordedRunOptions } from '@pd/llm-client/resume';
import type { PeopleSay } from './answering.ts';
import { callsElsewhere } from './calls-elsewhere.ts';
import { checkInput } from './check-input.ts';
import { checkRunId, checkScenarioOptions } from './check-options.ts';
import { checkPeopleSay } from './check-people-say.ts';
import type { Scenario } from './define-scenario.ts';
import { toEdit } from './edits.ts';
import { perform } from './perform.ts';
import { readScenarioOf } from './read-scenario-of.ts';
import { readResumed } from './resumed.ts';
import { asRunEnding } from './run-ending.ts';
import type { ScenarioOptions } from './run-scenario.ts';
import type { ScenarioRun } from './scenario-event.ts';
import type { ScenarioOutcome } from './scenario-outcome.ts';
import { type Play, streamed, unread } from './streamed.ts';

export interface ResumeScenarioOptions
  extends Omit<ScenarioOptions, 'seed'>,
    PeopleSay,
    Omit<RecordedRunOptions, 'elsewhere'> {
  /** The run to go on with, in the log's folder. */
  runId: string;
}

/**
 * Goes on with a run that was killed, failed, or waits for somebody. The scenario is done again from its top: what is on record
 * of it (calls, tool results, steps, people's answers) is taken from there and costs nothing, a call that was in flight is
 * sent once more under its id, and new is only what comes after. Events are told from the beginning.
 *
 * @throws {ScenarioMismatchError} when the run is not one of this scenario in this version
 * @throws {InvalidAnswerError} for an answer of nobody who takes part, or a decision about no tool call of the run
 * @throws {DivergenceError} when what is done is not what is on record, before anything is sent
 * @throws what `CallLog.resume()` throws: no such run, or it still runs
 * @throws what {@link streamScenario} throws
 */
export function streamResumed<Schema extends StandardSchema>(
  scenario: Scenario<Schema>,
  options: ResumeScenarioOptions,
): ScenarioRun {
  return streamed(playAgain(scenario, options), options.signal);
}

/** As {@link streamResumed}, for the outcome alone. */
export function resumeScenario<Schema extends StandardSchema>(
  scenario: Scenario<Schema>,
  options: ResumeScenarioOptions,
): Promise<ScenarioOutcome> {
  return unread(playAgain(scenario, options), options.signal);
}

function playAgain<Schema extends StandardSchema>(
  scenario: Scenario<Schema>,
  { runId, redact, divergenceAfterMs, ...options }: ResumeScenarioOptions,
): Play {
  return async (tell, signal) => {
    checkScenarioOptions(scenario, options);
    checkRunId(runId);
    const path = join(options.log.dir, `${runId}.jsonl`);
    const { seed, input: given, edits = [] } = await readScenarioOf(path, scenario);
    // Before anything of it is on record; who says nothing has nothing to be looked at.
    if (options.decisions !== undefined || options.answers !== undefined)
      checkPeopleSay(options, await readTree(path));
    const input = await checkInput(scenario, given);
    const edit = edits.length === 0 ? undefined : toEdit(edits);
    return asRunEnding(signal, (ending, end) =>
      options.log.resume({ id: runId, signal: ending }, async (run) => {
        // Whole answers of workers are on record as steps; nobody here asks for their calls.
        const elsewhere = options.runner?.isRemote === true ? await callsElsewhere(path) : undefined;
        const resumed = await readResumed(path, {
          ...(elsewhere !== undefined && { elsewhere }),
          ...(redact !== undefined && { redact }),
          ...(divergenceAfterMs !== undefined && { divergenceAfterMs }),
        });
        return end(
          await perform(scenario, { ...options, input, seed, signal, edit }, { run, resumed }, tell),
        );
      }),
    );
  };
}
