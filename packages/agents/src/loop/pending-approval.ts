import type { ChatMessageParam } from '@pd/llm-client';
import type { IncomingMessage } from '../agent.ts';

/**
 * An answer that waits for a person's decision about its tools. Plain JSON: write it anywhere, and give it to `resume()` of
 * an agent with the same id and tools, in this process or another. Holds the conversation, so keep it as safe as that.
 */
export interface PendingApproval {
  version: 1;
  agent_id: string;
  /** The call that asked for the tools. */
  call_id: string;
  /** What was asked for, in order. Nothing of it has been run. */
  tool_calls: readonly PendingToolCall[];
  /** The message that is being answered. */
  message: IncomingMessage;
  /** The whole conversation, up to the model's message with the tool calls. */
  messages: readonly ChatMessageParam[];
  /** How many of the messages at the end belong to the answer. */
  added: number;
  /** What the answer has taken so far, against the limits. */
  spent: { steps: number; tokens: number; cost_usd?: number };
}

/** One tool call of an answer that waits. */
export interface PendingToolCall {
  id: string;
  name: string;
  /** As the model wrote them, parsed; the text where it is not JSON. */
  arguments: unknown;
  /** Whether a decision about this one is needed; the others run along with it. */
  needs_decision: boolean;
}

/** What a person has decided about a tool call. */
export type Decision = 'allow' | 'deny' | { deny: string };
