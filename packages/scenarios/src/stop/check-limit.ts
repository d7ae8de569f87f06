import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';

/** @throws {InvalidScenarioError} when the limit is no positive whole number */
export function checkCount(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidScenarioError(`${name} is ${show(value)}: give a whole number of at least 1`);
}

/** @throws {InvalidScenarioError} when the limit is no positive number, or without end */
export function checkAmount(name: string, value: number): void {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0)
    throw new InvalidScenarioError(`${name} is ${show(value)}: give a number above 0`);
}

/** @throws {InvalidScenarioError} when it is no text, or an empty one */
export function checkText(name: string, value: string): void {
  if (typeof value !== 'string' || value === '')
    throw new InvalidScenarioError(`${name} is ${show(value)}: give a text that is not empty`);
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
