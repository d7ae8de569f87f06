import type { AgentRef } from '@pd/call-log/schema';
import type { ChatRequest, LLMClient, StandardSchema, TokenUsage } from '@pd/llm-client';

/** What a tool is told beside its input. */
export interface ToolContext {
  /** Ends its work: the answer was aborted, or the tool's time is over. */
  signal: AbortSignal;
  /** The model's id of the call. */
  toolCallId: string;
  /** The model call that asked for it, in the log. */
  callId: string;
  /**
   * Stable for this tool call: the same at each attempt, after an approval in another process, when the run is resumed, and,
   * with `messageId`, when another process answers the message again.
   */
  idempotencyKey: string;
  /** Counts from 1. */
  attempt: number;
  /** Who uses the tool. */
  agent: AgentRef;
  /** Puts events where the agent's calls go. */
  record: LLMClient['record'];
  /** Counts what the tool has spent on models against the agent's limits, and into its reply. */
  spend(spent: { usage?: TokenUsage | undefined; costUsd?: number | undefined }): void;
}

/** What becomes of a tool call before it runs. `ask`: the answer ends as pending, until a person has decided. */
export type Approval = 'allow' | 'deny' | 'ask' | { deny: string };

/** A tool call that may need an approval. */
export interface ApprovalRequest {
  name: string;
  toolCallId: string;
  callId: string;
  agent: AgentRef;
}

/** How a tool is run; what is not said is taken from the agent's `toolSettings`, then from the defaults. */
export interface ToolSettings {
  /** How long each attempt may take, in milliseconds. Default: 60,000. */
  timeoutMs?: number;
  /** How often it is tried again when it throws or takes too long; only for tools that may run twice. Default: 0. */
  retries?: number;
  /** Where its result is cut off, with a mark, in characters. Default: 50,000. */
  maxResultCharacters?: number;
}

/**
 * What becomes of a tool call whose result is on record, in a run that is resumed. `recorded`: it is not run, and the model is
 * told what it was told then. `again`: it is run, because what it does is made of calls, which are on record themselves, or
 * changes nothing.
 */
export type OnResume = 'recorded' | 'again';

type WireTool = Extract<NonNullable<ChatRequest['tools']>[number], { type: 'function' }>;

/**
 * A tool of an agent: OpenAI's definition of one, and what it takes to run it, which is not enumerable and so not sent.
 * Made by `defineTool()`.
 */
export interface AgentTool<Name extends string = string, Input = never, Result = unknown> extends WireTool {
  function: WireTool['function'] & { name: Name };
  /** Absent where the model was shown a JSON Schema of somebody else, who validates himself. */
  readonly input?: StandardSchema;
  readonly output?: StandardSchema | undefined;
  readonly execute: (input: Input, context: ToolContext) => Result;
  readonly approval: Approval | ((input: Input, request: ApprovalRequest) => Approval | Promise<Approval>);
  readonly settings: ToolSettings;
  /** Whether the answer ends when it has run well (`stopReason: 'ended_by_tool'`). */
  readonly endsTurn: boolean;
  /** What becomes of it in a run that is resumed, when its result is on record. */
  readonly onResume: OnResume;
}
