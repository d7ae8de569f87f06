import type { AgentRef } from '@pd/call-log/schema';
import type { AgentReply, IncomingMessage } from './agent.ts';

/** What a hook is told beside its subject. */
export interface HookContext {
  agent: AgentRef;
  signal: AbortSignal | undefined;
}

/**
 * What happens around every answer of one agent. For all agents of a class, override `before()` and `after()`, which
 * stand outside of these. What a hook throws becomes a `HookError`.
 */
export interface AgentHooks {
  /** May give another message to answer; nothing leaves it as it is. */
  before?(
    message: IncomingMessage,
    context: HookContext,
  ): IncomingMessage | undefined | undefined | Promise<IncomingMessage | undefined | undefined>;
  /** May give another reply; nothing leaves it as it is. What has been streamed stays streamed. */
  after?(
    reply: AgentReply,
    context: HookContext & { message: IncomingMessage },
  ): AgentReply | undefined | undefined | Promise<AgentReply | undefined | undefined>;
}
