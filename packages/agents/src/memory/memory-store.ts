import type { FactStore } from './fact-store.ts';
import type { NewMessage, StoredMessage } from './stored-message.ts';

export interface MemoryOptions {
  /** Ends the waiting; the operation rejects with the signal's reason. What is already committed stays. */
  signal?: AbortSignal | undefined;
}

export interface WriteOptions extends MemoryOptions {
  /**
   * The session's version that the caller knows (0: it does not exist yet). Default: whatever it is.
   *
   * A session that is at another version is left as it is: `VersionConflictError`.
   */
  expectedVersion?: number | undefined;
}

export interface WindowOptions extends MemoryOptions {
  /** At most so many messages, pinned ones included. Default: 100 when `tokens` is not given either; at most 10,000. */
  messages?: number | undefined;
  /** At most so many tokens, pinned messages included. Default: no such limit. */
  tokens?: number | undefined;
  /** Tokens of a message that does not say its own. Default: the client's estimate of its text (`estimateTokens`). */
  estimateTokens?: ((message: StoredMessage['message']) => number) | undefined;
}

/** What is sent to a model: the newest messages, and the pinned ones whatever their age. */
export interface MemoryWindow {
  /** In order of the conversation. */
  messages: StoredMessage[];
  /** The session's version before they were read, for `expectedVersion`; 0 when there is no such session. */
  version: number;
}

export interface ReadOptions extends MemoryOptions {
  /** The first position that is wanted. Default: 1. */
  from?: number | undefined;
  /** The last position that is wanted. Default: the newest. */
  to?: number | undefined;
  /** At most so many, counted from `from`. Default: 1,000; at most 10,000. */
  limit?: number | undefined;
  /** Whether messages that a summary stands for are read, too. Default: false. */
  replaced?: boolean | undefined;
}

export interface MessageSearchOptions extends MemoryOptions {
  /** Default: every session. */
  sessionId?: string | undefined;
  /** Whether a message has to have `all` of the words or `any` of them. Default: `all`. */
  match?: 'all' | 'any' | undefined;
  /** Default: 20; at most 1,000. */
  limit?: number | undefined;
}

export interface FoundMessage extends StoredMessage {
  /** BM25: higher is nearer, and only comparable within one search. */
  score: number;
}

export interface ListOptions extends MemoryOptions {
  /** Default: 100; at most 10,000. */
  limit?: number | undefined;
  /** How many to pass over. Default: 0. */
  offset?: number | undefined;
}

/** A conversation that is remembered. */
export interface SessionInfo {
  id: string;
  /** Counts the changes: appends, summaries, pins and clearings are one each. */
  version: number;
  /** Messages of the conversation, summaries included. */
  messages: number;
  /** Messages that summaries stand for. */
  replaced: number;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** When it last changed. */
  updatedAt: string;
}

/** The outcome of an append. */
export interface Appended {
  /** The session's version after it. */
  version: number;
  /** The messages as they are stored, in the order given. */
  messages: StoredMessage[];
}

/**
 * Conversations and facts that may outlive the process. Every change is one commit: all of it happens, or nothing; a promise
 * that resolves says that it happened. Sessions come into being with their first message.
 *
 * Every operation throws `InvalidMemoryInputError` on bad input, `MemoryStoreError` when the store is in trouble, and
 * the reason of a signal that is aborted.
 */
export interface MemoryStore extends AsyncDisposable {
  /** Facts that are known beyond a conversation. */
  readonly facts: FactStore;

  /**
   * Adds messages to the end of a session, at most 1,000 in one commit. Several processes may append to one session.
   *
   * @throws {VersionConflictError} when the session is not at `expectedVersion`
   * @throws {DuplicateMessageError} when an id is taken by another message
   */
  append(
    sessionId: string,
    messages: NewMessage | readonly NewMessage[],
    options?: WriteOptions,
  ): Promise<Appended>;

  /**
   * The last messages that fit, in order. Pinned messages are always among them and count first. Results of tools whose call
   * did not fit are left out at the beginning, because no provider accepts them.
   */
  window(sessionId: string, options?: WindowOptions): Promise<MemoryWindow>;

  /** Messages by their position, in order; empty when there is no such session. */
  read(sessionId: string, options?: ReadOptions): Promise<StoredMessage[]>;

  /**
   * Puts a summary in the place of the messages from one position to another, both included. Pinned messages stay. The
   * originals leave the window, stay readable (`read` with `replaced`) and can still be found.
   *
   * @throws {InvalidMemoryInputError} when there is nothing to replace
   * @throws {VersionConflictError} when the session is not at `expectedVersion`
   */
  replace(
    sessionId: string,
    range: { from: number; to: number },
    summary: NewMessage,
    options?: WriteOptions,
  ): Promise<StoredMessage>;

  /** Keeps a message in every window. False when the conversation has no such message, or a summary stands for it. */
  pin(sessionId: string, messageId: string, options?: WriteOptions): Promise<boolean>;

  /** Lets a message go with the others again. False when there is no such message. */
  unpin(sessionId: string, messageId: string, options?: WriteOptions): Promise<boolean>;

  /**
   * Removes every message of a session, replaced ones included. Its version rises and its positions go on, so that whoever
   * still has an old version notices. Facts stay. False when there is no such session.
   */
  clear(sessionId: string, options?: WriteOptions): Promise<boolean>;

  /** What is known of a session. */
  session(sessionId: string, options?: MemoryOptions): Promise<SessionInfo | undefined>;

  /** Sessions, the one that changed last first. */
  sessions(options?: ListOptions): Promise<SessionInfo[]>;

  /**
   * Messages with the words of the query, best first; replaced ones included. The query is words, not a language: no character
   * of it has a meaning of its own. Case and accents do not matter.
   */
  search(query: string, options?: MessageSearchOptions): Promise<FoundMessage[]>;

  /** Ends the store. What is under way is finished; later operations reject with `memory_closed`. */
  close(): Promise<void>;
}
