import type { ChatMessageParam } from '@pd/llm-client';

/** Values that JSON can hold. What is `undefined` is left out, as JSON does. */
export type MemoryMetadata = Record<string, unknown>;

/** A message to be remembered. */
export interface NewMessage {
  /** A chat message as models take it: stored as JSON and given back unchanged. */
  message: ChatMessageParam;
  /**
   * Unique in its session, at most 200 characters. Appending the same message with the same id again changes nothing, so an
   * append whose outcome is unknown can be repeated. Default: an id that sorts by time.
   */
  id?: string | undefined;
  /** Id of the agent or person who said it. */
  agentId?: string | undefined;
  /** Its size in tokens, where it is known. Default: it is estimated when a window is measured in tokens. */
  tokens?: number | undefined;
  /** Anything of the caller's that fits into JSON. */
  metadata?: MemoryMetadata | undefined;
  /** Whether it stays in every window. Default: false. */
  pinned?: boolean | undefined;
}

/** A message as it is remembered. */
export interface StoredMessage {
  id: string;
  sessionId: string;
  /** Its place in the session, from 1. A summary stands in the place of the last message that it replaces. */
  position: number;
  message: ChatMessageParam;
  agentId?: string;
  /** When it was appended: ISO 8601, UTC. */
  createdAt: string;
  tokens?: number;
  metadata?: MemoryMetadata;
  pinned: boolean;
  /** Id of the summary that stands for it; absent while it is part of the conversation. */
  replacedBy?: string;
  /** Of a summary: the ids of the messages it stands for, in order. */
  replaces?: string[];
}
