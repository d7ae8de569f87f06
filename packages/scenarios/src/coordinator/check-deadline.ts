import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';

/** @throws {InvalidScenarioError} when it is no time that somebody could wait */
export function checkDeadline(deadlineMs: number | undefined): void {
  if (deadlineMs === undefined || (typeof deadlineMs === 'number' && deadlineMs > 0)) return;
  throw new InvalidScenarioError(
    `deadlineMs is ${String(deadlineMs)}: give a number of milliseconds above 0, or Infinity for none`,
  );
}
