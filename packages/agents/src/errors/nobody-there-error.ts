import { AgentError } from './agent-error.ts';

/** A person was asked, and there is nobody to answer: the input is closed. */
export class NobodyThereError extends AgentError {
  override readonly name = 'NobodyThereError';
  readonly code = 'nobody_there';

  constructor(agentId: string) {
    super(
      `nobody answers for ${agentId}: the input is closed; run it in a terminal, or give the agent an ask function`,
    );
  }
}
