import type { FactScope } from './fact.ts';
import type { SessionInfo } from './memory-store.ts';

/** A message on its way into a store: checked, and its parts turned into text. */
export interface MessageDraft {
  id: string;
  /** The chat message as JSON. */
  body: string;
  /** What a search looks through; may be empty. */
  text: string;
  agentId: string | undefined;
  tokens: number | undefined;
  /** As JSON. */
  metadata: string | undefined;
  createdAt: string;
  pinned: boolean;
}

/** A message as a driver has it. */
export interface MessageRecord extends Omit<MessageDraft, 'text'> {
  sessionId: string;
  position: number;
  replacedBy: string | undefined;
  replaces: string[] | undefined;
}

export interface FoundRecord extends MessageRecord {
  score: number;
}

/** Which messages are read: those of the conversation, the pinned ones of it, or those that were replaced, too. */
export type MessageChoice = 'conversation' | 'pinned' | 'all';

export interface MessageRange {
  which: MessageChoice;
  /** Positions, both included. */
  from: number;
  to: number;
  limit: number;
  /** From which end the limit counts, and the order of what is given back. */
  order: 'oldest' | 'newest';
}

/** The words of a search: lower case, without accents, at most 32, never none. */
export interface WordSearch {
  words: string[];
  match: 'all' | 'any';
  sessionId: string | undefined;
  limit: number;
}

/** The conditions of a change. */
export interface Change {
  expectedVersion: number | undefined;
  /** ISO 8601, UTC. */
  now: string;
  signal: AbortSignal | undefined;
}

/** A fact as a driver has it. */
export interface FactRecord {
  id: string;
  text: string;
  /** As JSON. */
  metadata: string | undefined;
  /** As JSON. */
  source: string | undefined;
  createdAt: string;
  updatedAt: string;
  /** Of length 1. */
  vector: Float32Array | undefined;
}

/** Facts of a scope in the order in which they were first put. */
export interface FactPage {
  facts: FactRecord[];
  /** Where the next page begins; absent after the last one. */
  next: string | undefined;
}

/**
 * Where messages and facts are kept. `createMemoryStore(driver)` makes a `MemoryStore` of it: input is checked, ids are made,
 * windows are chosen and facts are ranked there, once for all drivers. Every change is one commit. A driver throws
 * `VersionConflictError`, `DuplicateMessageError` and `MemoryStoreError`, and the reason of an aborted signal.
 */
export interface MemoryDriver {
  /** Shown in errors, such as `SQLite memory`. */
  readonly name: string;

  /** When every id is there already with the same body, the messages are given back as they are, whatever the version. */
  append(
    sessionId: string,
    drafts: readonly MessageDraft[],
    change: Change,
  ): Promise<{ version: number; records: MessageRecord[] }>;

  read(sessionId: string, range: MessageRange, signal: AbortSignal | undefined): Promise<MessageRecord[]>;

  /** `undefined` when the range has no message of the conversation that is not pinned. */
  replace(
    sessionId: string,
    range: { from: number; to: number },
    draft: MessageDraft,
    change: Change,
  ): Promise<MessageRecord | undefined>;

  /** False when the conversation has no such message. */
  setPinned(sessionId: string, messageId: string, pinned: boolean, change: Change): Promise<boolean>;

  clear(sessionId: string, change: Change): Promise<boolean>;

  session(sessionId: string, signal: AbortSignal | undefined): Promise<SessionInfo | undefined>;

  sessions(limit: number, offset: number, signal: AbortSignal | undefined): Promise<SessionInfo[]>;

  search(search: WordSearch, signal: AbortSignal | undefined): Promise<FoundRecord[]>;

  /** Keeps the place and `createdAt` of a fact that is there already; gives the facts back as they are stored. */
  putFacts(
    scope: FactScope,
    facts: readonly FactRecord[],
    signal: AbortSignal | undefined,
  ): Promise<FactRecord[]>;

  /** At most `limit` facts after a place that an earlier page named. */
  readFacts(
    scope: FactScope,
    page: { after: string | undefined; limit: number },
    signal: AbortSignal | undefined,
  ): Promise<FactPage>;

  /** One fact, or all of the scope; says how many there were. */
  forgetFacts(scope: FactScope, factId: string | undefined, signal: AbortSignal | undefined): Promise<number>;

  close(): Promise<void>;
}
