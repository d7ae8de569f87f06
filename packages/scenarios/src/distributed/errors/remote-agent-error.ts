import { ScenarioError } from '../../errors/scenario-error.ts';

/** An error as it was thrown in a worker. */
export interface RemoteFailure {
  /** Such as `BudgetExceededError`. */
  name: string;
  message: string;
  /** Such as `budget_exceeded`. */
  code?: string | undefined;
  /** The call it is about, in the log. */
  callId?: string | undefined;
}

/** The agent failed where it ran. `failure` is what it threw there. */
export class RemoteAgentError extends ScenarioError {
  override readonly name = 'RemoteAgentError';
  readonly code = 'remote_agent_failed';
  readonly agentId: string;
  readonly failure: RemoteFailure;
  /** Id of the worker. */
  readonly worker: string;

  constructor(agentId: string, worker: string, failure: RemoteFailure) {
    const code = failure.code === undefined ? '' : ` [${failure.code}]`;
    super(`${agentId} failed in worker ${worker}: ${failure.name}${code}: ${failure.message}`);
    this.agentId = agentId;
    this.worker = worker;
    this.failure = failure;
  }
}
