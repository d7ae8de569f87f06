import { ScenarioError } from './scenario-error.ts';

/** More members of a pattern have failed than it can do without. `cause` is what the first of them threw. */
export class MembersFailedError extends ScenarioError {
  override readonly name = 'MembersFailedError';
  readonly code = 'members_failed';
  /** Who has failed, and how, in the order of the members. */
  readonly failures: readonly { member: string; error: unknown }[];

  constructor(failures: readonly { member: string; error: unknown }[], of: number, tolerated: number) {
    const told = failures.map(
      ({ member, error }) => `${member}: ${error instanceof Error ? error.message : error}`,
    );
    super(`${failures.length} of ${of} members have failed, and ${tolerated} may: ${told.join('; ')}`, {
      cause: failures[0]?.error,
    });
    this.failures = failures;
  }
}
