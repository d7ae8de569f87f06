import { ScenarioError } from '../../errors/scenario-error.ts';

/** The workers that took a message died or were cut off, one after the other, and it is given to no more. */
export class WorkerLostError extends ScenarioError {
  override readonly name = 'WorkerLostError';
  readonly code = 'worker_lost';

  constructor(agentId: string, reason: string) {
    super(
      `no worker has come to an end with the message for ${agentId} (${reason}): look at what the workers wrote last, ` +
        'then send it again',
    );
  }
}
