import type { TokenUsage } from '@pd/llm-client';

/** What an agent is told: a text, and who says it. */
export interface IncomingMessage {
  content: string;
  /** Id of the agent or person who says it. */
  from?: string;
}

/** What an agent answers. */
export interface AgentReply {
  content: string;
  /** The call that produced it, in the log; absent when no model was asked. */
  callId?: string;
  usage?: TokenUsage;
}

export interface RespondOptions {
  /** Ends the work; the agent rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** An answer as it comes: texts in order, and the whole reply at the end. Leaving a model's answer early ends its request. */
export interface AgentStream extends AsyncIterable<string> {
  /** The whole reply: during or after reading, or instead of it. */
  result(): Promise<AgentReply>;
}

/** Whatever takes part in a scenario: a model with a prompt, a person, a program. */
export interface Agent {
  /** Stable and unique in a run; every call of the agent is on record under it. */
  readonly id: string;
  readonly name: string;
  /** What it is there for, in a word or two. */
  readonly role: string;
  readonly description: string | undefined;
  /** Answers a message. */
  respond(message: IncomingMessage, options?: RespondOptions): Promise<AgentReply>;
  /** Answers a message, as the answer comes. */
  stream(message: IncomingMessage, options?: RespondOptions): AgentStream;
}
