import type { MemoryMetadata } from './stored-message.ts';

/** Whom a fact is about or for: one conversation, one agent, or one person. */
export interface FactScope {
  type: 'session' | 'agent' | 'user';
  id: string;
}

/** Something to be known for longer than a window. */
export interface NewFact {
  text: string;
  /** Unique in its scope; a fact that is put again with its id takes the place of the old one. Default: a new id. */
  id?: string | undefined;
  /** The text's embedding, for recall by meaning. Only vectors of the same length are compared. */
  vector?: readonly number[] | Float32Array | undefined;
  metadata?: MemoryMetadata | undefined;
  /** Where it comes from. */
  source?: FactSource | undefined;
}

/** The messages that a fact was drawn from. */
export interface FactSource {
  sessionId: string;
  messageIds: string[];
}

/** Something that is known. */
export interface Fact {
  id: string;
  scope: FactScope;
  text: string;
  /** When it was first put: ISO 8601, UTC. */
  createdAt: string;
  /** When it was last put. */
  updatedAt: string;
  /** Length of its vector; absent when it has none. */
  dimensions?: number;
  metadata?: MemoryMetadata;
  source?: FactSource;
}

/** A fact that a search found. */
export interface FoundFact extends Fact {
  /** By vector: the cosine, from -1 to 1. By words: BM25, above 0. Higher is nearer. */
  score: number;
}
