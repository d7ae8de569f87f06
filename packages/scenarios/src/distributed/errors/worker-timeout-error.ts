import { ScenarioError } from '../../errors/scenario-error.ts';

/** A message was not answered within the runner's `timeoutMs`; whoever was at it has been told to stop. */
export class WorkerTimeoutError extends ScenarioError {
  override readonly name = 'WorkerTimeoutError';
  readonly code = 'worker_timeout';

  constructor(agentId: string, timeoutMs: number) {
    super(`${agentId} did not answer within ${timeoutMs} ms: add workers, or raise timeoutMs`);
  }
}
