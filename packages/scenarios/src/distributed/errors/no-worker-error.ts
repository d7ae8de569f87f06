import { ScenarioError } from '../../errors/scenario-error.ts';

/** What keeps the workers that are there from answering for an agent. */
export type NoWorkerReason = 'no_worker_for_role' | 'agent_unknown' | 'other_version' | 'all_busy';

/** Nobody took a message in time. It was taken back, so that nobody answers it later. */
export class NoWorkerError extends ScenarioError {
  override readonly name = 'NoWorkerError';
  readonly code = 'no_worker';
  readonly reason: NoWorkerReason;

  /** @param what as {@link describeLack} says it */
  constructor(reason: NoWorkerReason, what: string, waitedMs: number) {
    super(`nobody took the message for ${waitedMs} ms: ${what}`);
    this.reason = reason;
  }
}
