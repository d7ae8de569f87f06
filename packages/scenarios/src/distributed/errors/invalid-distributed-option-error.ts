import { ScenarioError } from '../../errors/scenario-error.ts';

/** An option of a runner, a worker or a shared gate that makes no sense. */
export class InvalidDistributedOptionError extends ScenarioError {
  override readonly name = 'InvalidDistributedOptionError';
  readonly code = 'invalid_distributed_option';
}

/** A whole number within bounds. @throws {InvalidDistributedOptionError} for anything else */
export function checkWhole(name: string, given: unknown, { least = 1, most = 2 ** 31 - 1 } = {}): void {
  if (!(typeof given === 'number' && Number.isInteger(given) && given >= least && given <= most))
    throw new InvalidDistributedOptionError(
      `${name} must be a whole number from ${least} to ${most}, not ${describe(given)}`,
    );
}

/** A name that can stand in a Redis key. @throws {InvalidDistributedOptionError} for anything else */
export function checkName(name: string, given: unknown): void {
  if (!(typeof given === 'string' && /^[\w.-]{1,100}$/.test(given)))
    throw new InvalidDistributedOptionError(
      `${name} must be 1 to 100 letters, digits, ".", "_" and "-", not ${describe(given)}`,
    );
}

function describe(given: unknown): string {
  return typeof given === 'string' ? JSON.stringify(given.slice(0, 60)) : String(given);
}
