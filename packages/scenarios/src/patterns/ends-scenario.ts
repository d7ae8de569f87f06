import { Suspension } from '../coordinator/suspension.ts';
import { ScenarioStoppedError } from '../errors/scenario-stopped-error.ts';
import type { Scene } from '../scenario/scene.ts';

/** Whether an error ends the scenario, and is no failure of whoever was asked. */
export function endsScenario(error: unknown, scene: Scene): boolean {
  return error instanceof ScenarioStoppedError || error instanceof Suspension || scene.signal.aborted;
}

/** @throws the first of the errors that end the scenario */
export function throwIfEnded(results: readonly PromiseSettledResult<unknown>[], scene: Scene): void {
  for (const result of results)
    if (result.status === 'rejected' && endsScenario(result.reason, scene)) throw result.reason;
}
