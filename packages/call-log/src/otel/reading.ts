import type { AgentRef, CallEnding, ErrorRecord, Operation, Reply, Usage } from '../schema/common.ts';
import type { JsonObject, JsonValue } from '../schema/json.ts';

/** A span that asked a model. */
export interface CallReading {
  kind: 'call';
  /** Whose call it is, when the span itself says so. */
  agent?: AgentRef;
  operation: Operation;
  provider?: string;
  model?: string;
  /** As chat messages, whatever the span calls them. */
  messages: JsonObject[];
  parameters?: JsonObject;
  tools?: JsonObject[];
  reply?: Reply;
  usage?: Usage;
  /** US dollars. */
  costUsd?: number;
  timeToFirstChunkMs?: number;
  /** How it ended, where the reply tells more than the span: `truncated` when it has no finish reason. */
  ending?: CallEnding;
}

/** A span in which a tool ran. */
export interface ToolReading {
  kind: 'tool';
  agent?: AgentRef;
  name: string;
  /** The id that the model gave the tool call. */
  toolCallId?: string;
  arguments?: JsonValue;
  result?: JsonValue;
}

/** A span in which an agent, named or not, was at work. */
export interface AgentReading {
  kind: 'agent';
  agent?: AgentRef;
}

/** A span in which one agent handed the conversation to another. */
export interface HandoffReading {
  kind: 'handoff';
  agent?: AgentRef;
  from?: string;
  to?: string;
}

/** A span in which a guardrail looked at what an agent got or said. */
export interface GuardrailReading {
  kind: 'guardrail';
  agent?: AgentRef;
  name: string;
  /** Whether it stopped the agent. */
  triggered: boolean;
}

/** What a span says of a run. One that says nothing (an HTTP request, a step) has no reading. */
export type Reading = CallReading | ToolReading | AgentReading | HandoffReading | GuardrailReading;

/** How a span failed. */
export interface SpanFailure {
  status: 'error' | 'aborted' | 'timeout';
  error: ErrorRecord;
}

/** Nanoseconds since 1970. */
export type Nanoseconds = bigint;

/** A span as a node of its trace, in the log's words. */
export interface TraceNode {
  traceId: string;
  id: string;
  parentId?: string;
  /** The parent is in another process and need not be known here. */
  remoteParent?: boolean;
  name: string;
  start?: Nanoseconds;
  end?: Nanoseconds;
  reading?: Reading;
  failure?: SpanFailure;
  /** Goes on record with a call. */
  metadata?: JsonObject;
  /** The run and the agent around the code that began the span, where that is known. */
  around?: { runId?: string; agent?: AgentRef };
}
