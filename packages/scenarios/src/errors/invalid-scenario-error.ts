import { ScenarioError } from './scenario-error.ts';

/** A scenario that cannot be run as it is described. */
export class InvalidScenarioError extends ScenarioError {
  override readonly name = 'InvalidScenarioError';
  readonly code = 'invalid_scenario';
}

/** @throws {InvalidScenarioError} when two participants share an id */
export function checkParticipants(ids: readonly string[]): void {
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) {
    throw new InvalidScenarioError(
      `two participants have the id ${JSON.stringify(twice)}: give each its own, so that their calls can be told apart`,
    );
  }
}

/** @throws {InvalidScenarioError} when the limit is no positive whole number */
export function checkTurns(maxTurns: number): void {
  if (!Number.isSafeInteger(maxTurns) || maxTurns < 1) {
    throw new InvalidScenarioError(`maxTurns is ${maxTurns}: give a whole number of at least 1`);
  }
}
