import { createRunId } from '@pd/call-log';
import { streamScenario } from '@pd/scenarios';
import type { DemoOptions } from '../options.ts';
import { findScenario } from '../scenarios/find-scenario.ts';
import { askedOnTheWay } from './asked-on-the-way.ts';
import type { Program } from './program.ts';

/** What is played without `--scenario`. */
const DEFAULT_SCENARIO = 'exchange';

/**
 * A scenario by its name.
 *
 * @throws {UsageError} when there is none of that name
 */
export function openScenario({ scenario: name, topic: given, turns, seed }: DemoOptions): Program {
  const { scenario, about, topic: usual } = findScenario(name ?? DEFAULT_SCENARIO);
  const topic = given ?? usual;
  const input = { topic, ...(turns !== undefined && { turns }) };
  const runId = createRunId();
  return {
    runId,
    ...(name !== undefined && { about: `${scenario.name}: ${about}\nrun ${runId}` }),
    isResumable: true,
    plays: { scenario: scenario.name, input },
    play(stage, asked) {
      const { log, client, signal, runner } = stage;
      const metadata = { topic, turns, seed, asked };
      const begun = streamScenario(scenario, { log, client, signal, runner, input, seed, runId, metadata });
      return askedOnTheWay(scenario, runId, begun, stage);
    },
  };
}
