import type { GraphNodeKind } from '../graph/run-graph.ts';

/** What one agent or person did, from left to right. */
export interface Lane {
  /** The key of the speaker's node in the aggregated graph. */
  key: string;
  id: string;
  kind: GraphNodeKind;
  label: string;
}

/** Something that happened once. Its place in `nodes` is its place in time. */
export interface ExpandedNode {
  /** Unique in the graph. */
  key: string;
  kind: 'call' | 'message' | 'tool';
  /** As recorded; ids of tool calls need not be unique. */
  id: string;
  /** Place in `lanes`: who asked or spoke; of a message from nobody, who received it. */
  lane: number;
  /** Place in `lanes` of who received a message. */
  toLane?: number;
  /** The model that was asked for, the tool's name, or whom a message went to. */
  label: string;
  status: string;
  /** Milliseconds since 1970. A tool call is as late as the reply that asked for it. */
  atMs?: number;
  endMs?: number;
}

/**
 * What the record says of two nodes: a call `said` a message, `used` a tool, was made for another
 * (`nested`, from the outer to the inner one); or came before another in its lane (`next`).
 */
export interface ExpandedEdge {
  kind: 'said' | 'used' | 'nested' | 'next';
  /** Places in `nodes`. */
  from: number;
  to: number;
}

/** A run with a node for everything that happened, in the order of time. */
export interface ExpandedGraph {
  runId: string;
  runName?: string;
  lanes: Lane[];
  nodes: ExpandedNode[];
  edges: ExpandedEdge[];
}
