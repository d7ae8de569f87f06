import type { CallNode, MessageNode } from '@pd/call-log/schema';
import type { Latency } from './latency.ts';

/** Sums over calls. A sum of which no part is known is absent, never 0. */
export interface GraphTotals {
  calls: number;
  /** Calls that ended as `error`, `timeout`, `truncated` or `interrupted`; tool calls that ended likewise. */
  errors: number;
  /** Calls that have begun and not ended. */
  openCalls: number;
  inputTokens?: number;
  outputTokens?: number;
  /** US dollars, over the calls that have a price. */
  costUsd?: number;
  /** Calls that reached a model and have no price. */
  unpricedCalls: number;
}

/** What a node stands for: somebody who asks, somebody without a model (a person, a terminal), a model, a tool. */
export type GraphNodeKind = 'agent' | 'person' | 'model' | 'tool';

/** A node of the graph. */
export interface GraphNode {
  /** Unique in the graph, whatever the kinds; edges refer to it. */
  key: string;
  kind: GraphNodeKind;
  /** The agent's id as recorded, `provider/model`, or the tool's name. */
  id: string;
  /** What to call it: the agent's name, else its id; the model's name without its provider. */
  label: string;
  role?: string;
  /** The agent it was started by, as recorded. */
  parentId?: string;
  /** On record by name only: no call, and no message to or from it. */
  isSilent?: true;
  /** Of the calls it made (agents) or answered (models, tools). */
  totals: GraphTotals;
}

/** What edges of all kinds have. */
export interface EdgeFacts {
  key: string;
  /** Node keys. */
  from: string;
  to: string;
  /** How many messages, calls or tool calls. */
  count: number;
  /** How many of them failed; of messages, those that were rejected or not delivered. */
  errors: number;
  /** How long they took, where that is known: calls, tool calls, or the calls that messages came from. */
  latency?: Latency;
  /** When the first began and the last was over (or begun, where no end is known), in ms since 1970. */
  firstMs?: number;
  lastMs?: number;
}

/** One message on an edge. */
export interface EdgeMessage {
  /** Its place in the record's messages. */
  index: number;
  messageId: string;
  atMs?: number;
  callId?: string;
  status: MessageNode['status'];
}

/** One call on an edge. */
export interface EdgeCall {
  callId: string;
  /** When it began. */
  atMs?: number;
  durationMs?: number;
  status: CallNode['status'];
}

/** One tool call on an edge. */
export interface EdgeToolCall {
  toolCallId: string;
  /** The call whose reply asked for it. */
  callId: string;
  durationMs?: number;
  status: string;
}

/** Every message from one agent to another. */
export interface MessageEdge extends EdgeFacts {
  kind: 'message';
  /**
   * Of the calls that the messages came from, each once on this edge. A call that spoke to several is on
   * several edges, so these sums are not to be added up.
   */
  totals: GraphTotals;
  messages: EdgeMessage[];
}

/** Every call of one agent to one model (the model that was asked for; attempts may have fallen back). */
export interface CallEdge extends EdgeFacts {
  kind: 'call';
  totals: GraphTotals;
  calls: EdgeCall[];
}

/** Every call of one tool by one agent. A tool's time is that of the reply that asked for it. */
export interface ToolEdge extends EdgeFacts {
  kind: 'tool';
  toolCalls: EdgeToolCall[];
}

/** An edge of the graph; `kind` tells which. */
export type GraphEdge = MessageEdge | CallEdge | ToolEdge;

export type GraphEdgeKind = GraphEdge['kind'];

/** A run as a graph. Nodes and edges are in the order of the record: agents, speakers, models, tools. */
export interface RunGraph {
  runId: string;
  runName?: string;
  nodes: GraphNode[];
  edges: GraphEdge[];
}
