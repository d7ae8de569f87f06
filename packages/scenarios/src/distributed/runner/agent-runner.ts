import type { Agent, AgentReply, IncomingMessage } from '@pd/agents';
import type { ChatMessageParam } from '@pd/llm-client';

/** How a message is to be answered. */
export interface RunnerOptions {
  /** Stable for the message, also when the scenario is resumed by another process. */
  messageId: string;
  /** The run that the calls belong to. */
  run: { id: string; dir: string } | undefined;
  signal: AbortSignal;
  history?: readonly ChatMessageParam[];
  parentCallId?: string;
  onText?: (text: string) => void;
}

/** Has agents answer: in this process (the default), or elsewhere. */
export interface AgentRunner {
  respond(agent: Agent, message: IncomingMessage, options: RunnerOptions): Promise<AgentReply>;
}
