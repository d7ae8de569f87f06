import { checkDeadline } from '../coordinator/check-deadline.ts';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { checkTalk } from '../patterns/talk/talk-options.ts';
import type { Scenario } from './define-scenario.ts';
import type { PlayOptions } from './play-options.ts';
import type { ScenarioOptions } from './run-scenario.ts';

/**
 * Looks at what a scenario is given to be run with, before anything is recorded.
 *
 * @throws {InvalidScenarioError} for what cannot be used
 */
export function checkScenarioOptions(scenario: Scenario, options: ScenarioOptions): void {
  if (typeof Object(scenario).create !== 'function')
    throw new InvalidScenarioError('there is no scenario to run: give one that defineScenario() has made');
  const { log, client } = Object(options) as Partial<ScenarioOptions>;
  if (typeof log?.run !== 'function')
    throw new InvalidScenarioError(`the scenario ${scenario.name} needs a log: give log: createCallLog()`);
  if (typeof client?.chat !== 'function')
    throw new InvalidScenarioError(
      `the scenario ${scenario.name} needs a client: give client: createLLMClient({ logger: log.logger })`,
    );
  checkPlayOptions(options);
}

/** @throws {InvalidScenarioError} for options that make no sense */
export function checkPlayOptions({ deadlineMs, stop, seed, runner, progress }: PlayOptions): void {
  checkTalk({ stop });
  checkDeadline(deadlineMs);
  const isSeed = seed === undefined || typeof seed === 'string' || Number.isFinite(seed);
  if (!isSeed) throw new InvalidScenarioError(`seed is ${String(seed)}: give a finite number or a text`);
  if (runner !== undefined && typeof runner?.respond !== 'function')
    throw new InvalidScenarioError('runner has to have agents answer, and has no respond()');
  if (progress !== undefined && progress !== false && Object(progress) !== progress)
    throw new InvalidScenarioError(`progress is ${String(progress)}: give false, or what is noticed when`);
}

/** @throws {InvalidScenarioError} unless it can name a run; before a path is made of it */
export function checkRunId(runId: unknown): void {
  if (typeof runId !== 'string' || !/^[A-Za-z0-9][\w.-]*$/.test(runId))
    throw new InvalidScenarioError(
      `runId is ${JSON.stringify(runId)?.slice(0, 100)}, which names no run: give the id of one that is on record`,
    );
}
