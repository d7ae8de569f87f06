import type { CallNode, MessageNode } from '@pd/call-log/schema';

/**
 * The facts that graphs are folded from: what a run's tree says, and nothing that was said. A tree is one
 * source (`sourceOf`), the page's columns are another.
 *
 * The lists may be made on the fly; each is gone through several times and in the order of the record.
 */
export interface GraphSource {
  runId: string;
  runName?: string;
  agents: Iterable<SourceAgent>;
  calls: Iterable<SourceCall>;
  messages: Iterable<SourceMessage>;
}

/** Somebody the record introduces. */
export interface SourceAgent {
  id: string;
  name?: string;
  role?: string;
  /** The agent it was started by. */
  parentId?: string;
}

/** One call. Times are milliseconds since 1970, costs US dollars; what is not known is absent. */
export interface SourceCall {
  id: string;
  agentId: string;
  provider: string;
  /** The model that was asked for; attempts may have fallen back. */
  model: string;
  startMs?: number;
  endMs?: number;
  /** As measured by the caller's own clock, which cannot run backwards. */
  durationMs?: number;
  status: CallNode['status'];
  inputTokens?: number;
  outputTokens?: number;
  costUsd?: number;
  /** The call it was made for. */
  parentCallId?: string;
  /** How many requests it took. */
  attempts: number;
  toolCalls: readonly SourceToolCall[];
}

/** A tool that a reply asked for. */
export interface SourceToolCall {
  id: string;
  name: string;
  /** `ok`, `error`, `denied`, `timeout`, `aborted`, `open`, `interrupted`, or what else the record says. */
  status: string;
  durationMs?: number;
}

/** One message from one speaker to another. */
export interface SourceMessage {
  /** Its place in the record's messages, from 0. */
  index: number;
  id: string;
  from?: string;
  to?: string;
  atMs?: number;
  /** The call that it came from. */
  callId?: string;
  status: MessageNode['status'];
}
