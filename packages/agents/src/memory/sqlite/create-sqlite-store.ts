import { resolve } from 'node:path';
import { InvalidMemoryInputError } from '../../errors/invalid-memory-input-error.ts';
import { createMemoryStore, type MemoryStoreOptions } from '../create-memory-store.ts';
import { checkCount } from '../input/check-count.ts';
import type { MemoryDriver } from '../memory-driver.ts';
import type { MemoryStore } from '../memory-store.ts';
import { appendMessages, clearSession, replaceMessages, setPinned } from './change-messages.ts';
import { readMessages } from './message-rows.ts';
import { createFile, openDatabase } from './open-database.ts';
import { searchMessages } from './search-messages.ts';
import { SQLiteConnection } from './sqlite-connection.ts';
import { forgetFacts, putFacts, readFacts } from './sqlite-facts.ts';
import { findSession, readSession, readSessions } from './sqlite-sessions.ts';
import { toMemoryStoreError } from './to-memory-store-error.ts';
import { waitWhileBusy } from './wait-while-busy.ts';

export interface SQLiteStoreOptions extends MemoryStoreOptions {
  /** The file; it is made, with its folder, when it is not there. Its companions end in `-wal` and `-shm`. */
  path: string;
  /** How long an operation waits while another process holds the lock, in milliseconds. Default: 5,000. */
  busyTimeoutMs?: number | undefined;
  /**
   * What a commit outlives. `normal`: the end of the process, however it comes; after a loss of power the last commits may be
   * missing. `full`: a loss of power, too; every commit waits for the disk. Default: `normal`.
   */
  synchronous?: 'normal' | 'full' | undefined;
  /** Ends the waiting for a lock while it is opened. */
  signal?: AbortSignal | undefined;
}

/**
 * A memory in one SQLite file, shared by any number of processes of one machine. Nothing needs to be installed: it is Node's own
 * `node:sqlite`, with full-text search since Node 22.16 (in Node 22 it is experimental and says so in a warning).
 *
 * @throws {InvalidMemoryInputError} when an option is not usable
 * @throws {MemoryStoreError} when the file cannot be opened, is damaged, locked, read-only or of a newer version
 */
export async function createSQLiteStore(options: SQLiteStoreOptions): Promise<MemoryStore> {
  const { path, busyTimeoutMs = 5_000, synchronous = 'normal', signal } = options;
  if (typeof path !== 'string' || path === '' || path.includes('\0'))
    throw new InvalidMemoryInputError('createSQLiteStore needs the path of a file');
  if (path === ':memory:')
    throw new InvalidMemoryInputError('a memory in a file needs a path; createInMemoryStore() needs none');
  if (synchronous !== 'normal' && synchronous !== 'full')
    throw new InvalidMemoryInputError("synchronous has to be 'normal' or 'full'");
  checkCount(busyTimeoutMs, 'busyTimeoutMs', { least: 0, most: 2 ** 31 - 1 });
  const file = resolve(path);
  createFile(file);
  try {
    const database = await waitWhileBusy(() => openDatabase(file, synchronous), busyTimeoutMs, signal);
    return createMemoryStore(toDriver(new SQLiteConnection(database, file, busyTimeoutMs), file), options);
  } catch (error) {
    throw toMemoryStoreError(error, file);
  }
}

function toDriver(db: SQLiteConnection, path: string): MemoryDriver {
  return {
    name: `SQLite memory ${path}`,
    append: (sessionId, drafts, change) =>
      db.write(() => appendMessages(db, sessionId, drafts, change), change.signal),
    read: (sessionId, range, signal) =>
      db.read(() => {
        const session = findSession(db, sessionId);
        return session === undefined ? [] : readMessages(db, session.key, sessionId, range);
      }, signal),
    replace: (sessionId, range, draft, change) =>
      db.write(() => replaceMessages(db, sessionId, range, draft, change), change.signal),
    setPinned: (sessionId, messageId, pinned, change) =>
      db.write(() => setPinned(db, sessionId, messageId, pinned, change), change.signal),
    clear: (sessionId, change) => db.write(() => clearSession(db, sessionId, change), change.signal),
    session: (sessionId, signal) => db.read(() => readSession(db, sessionId), signal),
    sessions: (limit, offset, signal) => db.read(() => readSessions(db, limit, offset), signal),
    search: (search, signal) => db.read(() => searchMessages(db, search), signal),
    putFacts: (scope, facts, signal) => db.write(() => putFacts(db, scope, facts), signal),
    readFacts: (scope, page, signal) => db.read(() => readFacts(db, scope, page), signal),
    forgetFacts: (scope, factId, signal) => db.write(() => forgetFacts(db, scope, factId), signal),
    close: () => db.close(),
  };
}
