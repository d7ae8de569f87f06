import type { AgentReply } from '../agent.ts';
import { AgentError } from './agent-error.ts';

/** An agent has answered, and the store did not take the exchange. The answer is in `reply`; `cause` says what is wrong. */
export class ConversationNotKeptError extends AgentError {
  override readonly name = 'ConversationNotKeptError';
  readonly code = 'conversation_not_kept';

  /** The answer that was made. */
  readonly reply: AgentReply;

  constructor(agentId: string, session: string, reply: AgentReply, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(
      `${agentId} has answered, but session ${JSON.stringify(session.slice(0, 100))} could not keep it: ${why}; the answer is in this error's reply`,
      { cause },
    );
    this.reply = reply;
  }
}
