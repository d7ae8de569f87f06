import type { CallNode, MessageNode } from '@pd/call-log/schema';

/** Sums over calls. A sum of which no part is known is absent, never 0. */
export interface GraphTotals {
  calls: number;
  /** Calls that ended as `error`, `timeout`, `truncated` or `interrupted`. */
  errors: number;
  inputTokens?: number;
  outputTokens?: number;
  /** US dollars, over the calls that have a price. */
  costUsd?: number;
  /** Calls that reached a model and have no price. */
  unpricedCalls: number;
}

/** What a node stands for: somebody who asks, somebody without a model (a person, a terminal), a model. */
export type GraphNodeKind = 'agent' | 'person' | 'model';

/** A node of the graph. */
export interface GraphNode {
  /** Unique in the graph, whatever the kinds; edges refer to it. */
  key: string;
  kind: GraphNodeKind;
  /** The agent's id as recorded, or `provider/model`. */
  id: string;
  /** What to call it: the agent's name, else its id; the model's name without its provider. */
  label: string;
  role?: string;
  /** The agent it was started by, as recorded. */
  parentId?: string;
  /** Of the calls it made (agents) or answered (models). */
  totals: GraphTotals;
}

/** One message on an edge. */
export interface EdgeMessage {
  /** Its place in `tree.messages`. */
  index: number;
  messageId: string;
  /** ISO 8601 UTC. */
  at: string;
  callId?: string;
  status: MessageNode['status'];
}

/** One call on an edge. */
export interface EdgeCall {
  callId: string;
  /** When it began, ISO 8601 UTC. */
  at: string;
  durationMs?: number;
  status: CallNode['status'];
}

/** Every message from one agent to another. */
export interface MessageEdge {
  kind: 'message';
  key: string;
  /** Node keys. */
  from: string;
  to: string;
  count: number;
  messages: EdgeMessage[];
}

/** Every call of one agent to one model (the model that was asked for; attempts may have fallen back). */
export interface CallEdge {
  kind: 'call';
  key: string;
  /** Node keys. */
  from: string;
  to: string;
  count: number;
  totals: GraphTotals;
  calls: EdgeCall[];
}

/** An edge of the graph; `kind` tells which. */
export type GraphEdge = MessageEdge | CallEdge;

/** A run as a graph. Nodes and edges are in the order of the record: agents, speakers, models. */
export interface RunGraph {
  runId: string;
  runName?: string;
  nodes: GraphNode[];
  edges: GraphEdge[];
}
