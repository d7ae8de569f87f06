import { LLMClientError } from './llm-client-error.ts';

/** The record holds no answer to this request. */
export class ReplayMissError extends LLMClientError {
  override readonly name = 'ReplayMissError';
  readonly code = 'replay_miss';

  constructor(cassette: string, agentId: string, difference: string) {
    super(`${cassette} has no answer to this request of agent ${JSON.stringify(agentId)}: ${difference}`);
  }
}
