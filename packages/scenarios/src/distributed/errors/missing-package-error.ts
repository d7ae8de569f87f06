import { ScenarioError } from '../../errors/scenario-error.ts';

/** A package that only workers need is not installed. */
export class MissingPackageError extends ScenarioError {
  override readonly name = 'MissingPackageError';
  readonly code = 'missing_package';

  constructor(cause: unknown) {
    super('agents as workers need BullMQ and a Redis client: npm install bullmq redis', { cause });
  }
}
