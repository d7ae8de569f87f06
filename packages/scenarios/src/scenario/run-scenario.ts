import { randomUUID } from 'node:crypto';
import type { CallLog } from '@pd/call-log';
import type { JsonValue } from '@pd/call-log/schema';
import type { InputOf, LLMClient, StandardSchema } from '@pd/llm-client';
import { checkInput } from './check-input.ts';
import { checkScenarioOptions } from './check-options.ts';
import type { Scenario } from './define-scenario.ts';
import { perform } from './perform.ts';
import type { PlayOptions } from './play-options.ts';
import { asRunEnding } from './run-ending.ts';
import type { ScenarioRun } from './scenario-event.ts';
import type { ScenarioOutcome } from './scenario-outcome.ts';
import { type Play, streamed, unread } from './streamed.ts';

/** What every run of a scenario needs. */
export interface ScenarioOptions extends Omit<PlayOptions, 'logger'> {
  /** Where the run is recorded; the client has its `logger`, too. */
  log: CallLog;
  /** Asked by the agents. */
  client: LLMClient;
}

export interface RunScenarioOptions<Schema extends StandardSchema> extends ScenarioOptions {
  /** As the schema of the scenario wants it. */
  input: InputOf<Schema>;
  /** Id of the run. Default: a new one that sorts by time. */
  runId?: string | undefined;
  /** Values of your own, on record with the run. */
  metadata?: object | undefined;
}

/**
 * Runs a scenario in a run of its own: its events as they happen, and its outcome.
 *
 * @throws {InvalidInputError} when the input does not fit; nothing is recorded
 * @throws {InvalidScenarioError} for a cast that cannot play
 * @throws {RunExistsError} when the run is on record already: `resumeScenario()` goes on with it
 * @throws what an agent throws, where its supervision lets it; the signal's reason after an abort
 */
export function streamScenario<Schema extends StandardSchema>(
  scenario: Scenario<Schema>,
  options: RunScenarioOptions<Schema>,
): ScenarioRun {
  return streamed(playNew(scenario, options), options.signal);
}

/** As {@link streamScenario}, for the outcome alone. */
export function runScenario<Schema extends StandardSchema>(
  scenario: Scenario<Schema>,
  options: RunScenarioOptions<Schema>,
): Promise<ScenarioOutcome> {
  return unread(playNew(scenario, options), options.signal);
}

function playNew<Schema extends StandardSchema>(
  scenario: Scenario<Schema>,
  { input: given, runId, metadata, ...options }: RunScenarioOptions<Schema>,
): Play {
  return async (tell, signal) => {
    checkScenarioOptions(scenario, options);
    const { name, version } = scenario;
    const input = await checkInput(scenario, given);
    const seed = options.seed ?? randomUUID();
    const about = { name, version, seed, input: given as JsonValue };
    const run = {
      ...(runId !== undefined && { id: runId }),
      name,
      metadata: { ...metadata, scenario: about },
    };
    return asRunEnding(signal, (ending, end) =>
      options.log.run({ ...run, signal: ending }, async (begun) =>
        end(await perform(scenario, { ...options, input, seed, signal }, { run: begun }, tell)),
      ),
    );
  };
}
