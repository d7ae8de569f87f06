import type { ChatMessageParam, TokenUsage } from '@pd/llm-client';
import type { GuardrailStop } from './guardrails/guardrail.ts';
import type { PendingApproval } from './loop/pending-approval.ts';
import type { StopReason } from './loop/stop-reason.ts';
import type { ToolRun } from './tools/tool-run.ts';

/** An image, a sound or a document, in OpenAI's shape; `contentFromFile()` of `@pd/llm-client` makes one of a file. */
export type ContentPart = Exclude<Extract<ChatMessageParam, { role: 'user' }>['content'], string>[number];

/** What an agent is told: a text, and who says it. */
export interface IncomingMessage {
  content: string;
  /** Id of the agent or person who says it. */
  from?: string;
  /** What is shown along with the text. */
  attachments?: readonly ContentPart[];
}

/** What an agent answers. An agent of your own gives `content`; the rest is known of those that ask a model. */
export interface AgentReply {
  /** The answer; after a limit the last text there was, after a refusal or a block empty. */
  content: string;
  /** The same as data, from agents whose answers are objects: a plan, a verdict, a report. JSON. */
  object?: unknown;
  /** Why it ended; absent from agents that ask no model, which are always done. */
  stopReason?: StopReason;
  /** Id of the agent whose answer it is, where another was asked to give it. */
  answeredBy?: string;
  /** The last call that was made for it, in the log; absent when no model was asked. */
  callId?: string;
  /** Tokens of all its calls, and of the agents that were used as tools. */
  usage?: TokenUsage;
  /** US dollars of the same; `undefined` when the price of one of them is not known. */
  costUsd?: number | undefined;
  /** The model's thoughts at the last step, from providers that show them. */
  reasoning?: string;
  /** Why the model does not answer (`stopReason: 'refusal'`). */
  refusal?: string;
  /** How often the model was asked. */
  steps?: number;
  /** The tools that were run, in the order they were asked for. */
  toolRuns?: readonly ToolRun[];
  /** The chat messages of the answer: of the model and of its tools, ready to be kept as history. */
  messages?: readonly ChatMessageParam[];
  /** To whom the model has handed over, where whoever asked has kept to itself who answers next (`handoffs: 'return'`). */
  handoff?: { to: string; note: string };
  /** What waits for a decision (`stopReason: 'approval'`); JSON, to be given to `resume()`. */
  pending?: PendingApproval;
  /** The guardrail that did not let it pass (`stopReason: 'blocked'`). */
  blockedBy?: GuardrailStop;
}

export interface RespondOptions {
  /** Ends the work; the agent rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** The call that asks for this answer, when an agent asks another: the parent of its calls in the log. */
  parentCallId?: string | undefined;
  /**
   * Stable id of the message that is being answered. When another process answers it again, tools get the same idempotency
   * keys as long as the model asks for them in the same order, and a memory keeps the answer once.
   */
  messageId?: string | undefined;
  /** The conversation up to the message, from an agent that hands it over; shown instead of the agent's own memory. */
  history?: readonly ChatMessageParam[] | undefined;
  /** Ids of the agents that have handed this message over so far. */
  handedOverBy?: readonly string[] | undefined;
  /**
   * What happens when the model hands over: `follow` has the other agent answer (the default), `return` leaves that to whoever
   * asks, who finds it in the reply (`handoff`).
   */
  handoffs?: 'follow' | 'return' | undefined;
}

/** One part of an answer as it comes. */
export type AgentPart =
  | { type: 'text-delta'; text: string }
  | { type: 'reasoning-delta'; text: string }
  /** What came before of this step is void: another attempt begins (see `retry.afterFirstChunk` of the client). */
  | { type: 'restart' }
  | { type: 'tool-start'; toolCallId: string; name: string; arguments: unknown }
  | { type: 'tool-end'; run: ToolRun };

/** An answer as it comes, to be read once: as texts, or as parts. Leaving it early ends the work. */
export interface AgentStream extends AsyncIterable<string> {
  /** The whole reply: during or after reading, or instead of it. */
  result(): Promise<AgentReply>;
  /** The same answer with thoughts and tools, instead of the texts alone. */
  parts(): AsyncIterable<AgentPart>;
}

/** Whatever takes part in a scenario: a model with a prompt, a person, a program. */
export interface Agent {
  /** Stable and unique in a run; every call of the agent is on record under it. */
  readonly id: string;
  readonly name: string;
  /** What it is there for, in a word or two. */
  readonly role: string;
  readonly description: string | undefined;
  /**
   * Whether it keeps the conversation it is in by itself, in this process alone: where its answers come from several
   * processes, somebody has to show it what it would remember (`history`). Default: no.
   */
  readonly remembers?: boolean;
  /** Answers a message. */
  respond(message: IncomingMessage, options?: RespondOptions): Promise<AgentReply>;
  /** Answers a message, as the answer comes. */
  stream(message: IncomingMessage, options?: RespondOptions): AgentStream;
}
