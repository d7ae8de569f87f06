import { DuplicateMessageError } from '../errors/duplicate-message-error.ts';
import { InvalidMemoryInputError } from '../errors/invalid-memory-input-error.ts';
import { MemoryStoreError } from '../errors/memory-store-error.ts';
import { createFactStore } from './create-fact-store.ts';
import { checkCount } from './input/check-count.ts';
import { checkId, checkSessionId } from './input/check-id.ts';
import { toBatch } from './input/to-batch.ts';
import { toDraft } from './input/to-draft.ts';
import type { Change, MemoryDriver } from './memory-driver.ts';
import type { MemoryStore, WriteOptions } from './memory-store.ts';
import { readWindow } from './read-window.ts';
import { toStoredMessage } from './to-stored-message.ts';
import { queryWords } from './words/to-words.ts';

export interface MemoryStoreOptions {
  /** Tells the time, in milliseconds since 1970. Default: `Date.now`. */
  now?: (() => number) | undefined;
}

/** Makes a store of a driver. Drivers of this package do so themselves; it is here for one of your own. */
export function createMemoryStore(
  driver: MemoryDriver,
  { now = Date.now }: MemoryStoreOptions = {},
): MemoryStore {
  let closing: Promise<void> | undefined;
  const time = () => new Date(now()).toISOString();

  const begin = (signal: AbortSignal | undefined) => {
    if (closing !== undefined)
      throw new MemoryStoreError('memory_closed', `${driver.name} is closed: make a new store`);
    signal?.throwIfAborted();
  };

  const beginChange = (sessionId: string, { expectedVersion, signal }: WriteOptions): Change => {
    begin(signal);
    checkSessionId(sessionId);
    if (expectedVersion !== undefined) checkCount(expectedVersion, 'expectedVersion', { least: 0 });
    return { expectedVersion, signal, now: time() };
  };

  const setPinned = async (
    sessionId: string,
    messageId: string,
    pinned: boolean,
    options: WriteOptions = {},
  ) => {
    const change = beginChange(sessionId, options);
    checkId(messageId, 'a message id');
    return driver.setPinned(sessionId, messageId, pinned, change);
  };

  const close = () => {
    closing ??= driver.close();
    return closing;
  };

  return {
    facts: createFactStore(guarded(driver, begin), time),

    async append(sessionId, messages, options = {}) {
      const change = beginChange(sessionId, options);
      const drafts = toBatch(messages, 'messages').map((message) => toDraft(message, change.now));
      if (drafts.length === 0) throw new InvalidMemoryInputError('there is no message to append');
      const ids = new Set<string>();
      for (const { id } of drafts) {
        if (ids.has(id)) throw new DuplicateMessageError(sessionId, id);
        ids.add(id);
      }
      const { version, records } = await driver.append(sessionId, drafts, change);
      return { version, messages: records.map(toStoredMessage) };
    },

    async window(sessionId, options = {}) {
      begin(options.signal);
      checkSessionId(sessionId);
      return readWindow(driver, sessionId, options);
    },

    async read(sessionId, { from = 1, to, limit = 1_000, replaced = false, signal } = {}) {
      begin(signal);
      checkSessionId(sessionId);
      const range = {
        which: replaced ? ('all' as const) : ('conversation' as const),
        from: checkCount(from, 'from'),
        to: to === undefined ? Number.MAX_SAFE_INTEGER : checkCount(to, 'to'),
        limit: checkCount(limit, 'limit', { most: 10_000 }),
        order: 'oldest' as const,
      };
      return (await driver.read(sessionId, range, signal)).map(toStoredMessage);
    },

    async replace(sessionId, range, summary, options = {}) {
      const change = beginChange(sessionId, options);
      const from = checkCount(range?.from, 'from');
      const to = checkCount(range?.to, 'to');
      const record = await driver.replace(sessionId, { from, to }, toDraft(summary, change.now), change);
      if (record !== undefined) return toStoredMessage(record);
      throw new InvalidMemoryInputError(
        `positions ${from} to ${to} of session ${JSON.stringify(sessionId.slice(0, 100))} have no message that could be replaced: pinned ones and those that were replaced do not count`,
      );
    },

    pin: (sessionId, messageId, options) => setPinned(sessionId, messageId, true, options),
    unpin: (sessionId, messageId, options) => setPinned(sessionId, messageId, false, options),

    async clear(sessionId, options = {}) {
      return driver.clear(sessionId, beginChange(sessionId, options));
    },

    async session(sessionId, { signal } = {}) {
      begin(signal);
      checkSessionId(sessionId);
      return driver.session(sessionId, signal);
    },

    async sessions({ limit = 100, offset = 0, signal } = {}) {
      begin(signal);
      checkCount(limit, 'limit', { most: 10_000 });
      checkCount(offset, 'offset', { least: 0 });
      return driver.sessions(limit, offset, signal);
    },

    async search(query, { sessionId, match = 'all', limit = 20, signal } = {}) {
      begin(signal);
      if (typeof query !== 'string') throw new InvalidMemoryInputError('a query has to be a text');
      if (match !== 'all' && match !== 'any')
        throw new InvalidMemoryInputError("match has to be 'all' or 'any'");
      if (sessionId !== undefined) checkSessionId(sessionId);
      checkCount(limit, 'limit', { most: 1_000 });
      const words = queryWords(query);
      if (words.length === 0) return [];
      const found = await driver.search({ words, match, sessionId, limit }, signal);
      return found.map((record) => ({ ...toStoredMessage(record), score: record.score }));
    },

    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The driver's facts, not after the store was closed. */
function guarded(
  driver: MemoryDriver,
  begin: (signal: AbortSignal | undefined) => void,
): Pick<MemoryDriver, 'putFacts' | 'readFacts' | 'forgetFacts'> {
  return {
    async putFacts(scope, facts, signal) {
      begin(signal);
      return driver.putFacts(scope, facts, signal);
    },
    async readFacts(scope, page, signal) {
      begin(signal);
      return driver.readFacts(scope, page, signal);
    },
    async forgetFacts(scope, factId, signal) {
      begin(signal);
      return driver.forgetFacts(scope, factId, signal);
    },
  };
}
