import { DatabaseSync } from 'node:sqlite';
import { CacheFileError } from '../errors/cache-file-error.ts';
import { checkTtl } from './memory-cache.ts';
import type { ResponseCache } from './response-cache.ts';

/** Where a cache is kept, how much of it, and for how long. */
export interface SqliteCacheOptions {
  /** The file; it is made when it is not there, and `-wal` and `-shm` beside it while it is open. */
  path: string;
  /** Of replies, in bytes; the one that was not asked for the longest goes first. Default: 100,000,000. */
  maxBytes?: number;
  /** How long a reply is good, in milliseconds. Default: for ever. */
  ttlMs?: number;
  /** The date. Default: the system's. */
  now?: () => Date;
}

/** A cache in a file, for as many processes as like. */
export interface SqliteCache extends ResponseCache {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  /** Closes the file; whatever is asked of it afterwards throws. */
  close(): void;
  [Symbol.dispose](): void;
}

/** Says whose file it is: "PDrc". @see https://www.sqlite.org/pragma.html#pragma_application_id */
const APPLICATION_ID = 0x50447263;

/** How long a process waits for another one's write, in milliseconds. It holds up everything else, so it is short. */
const BUSY_MS = 250;

/** That a reply was asked for is noted no more often than this, in milliseconds: it is a write. */
const NOTED_MS = 1_000;

const SCHEMA = `
  CREATE TABLE entries (key TEXT PRIMARY KEY, value TEXT NOT NULL, bytes INTEGER NOT NULL,
    created_ms INTEGER NOT NULL, used_ms INTEGER NOT NULL);
  CREATE INDEX entries_used ON entries (used_ms);
  CREATE TABLE total (bytes INTEGER NOT NULL);
  INSERT INTO total VALUES (0);
  CREATE TRIGGER added AFTER INSERT ON entries BEGIN UPDATE total SET bytes = bytes + new.bytes; END;
  CREATE TRIGGER removed AFTER DELETE ON entries BEGIN UPDATE total SET bytes = bytes - old.bytes; END;
  PRAGMA application_id = ${APPLICATION_ID};
`;

/**
 * A cache that stays. Needs `node:sqlite` (Node 22.13).
 *
 * @throws {CacheFileError} when the file is something else, damaged or cannot be opened
 * @throws RangeError for options that make no sense
 */
export function createSqliteCache(options: SqliteCacheOptions): SqliteCache {
  const { path, maxBytes = 100_000_000, ttlMs = Infinity, now = () => new Date() } = options;
  if (typeof path !== 'string' || path === '') throw new RangeError('a cache in a file needs its path');
  if (!(typeof maxBytes === 'number' && maxBytes > 0))
    throw new RangeError(`maxBytes must be a number above 0, not ${String(maxBytes)}`);
  checkTtl(ttlMs);
  const database = open(path);
  const find = database.prepare('SELECT value, created_ms, used_ms FROM entries WHERE key = ?');
  const note = database.prepare('UPDATE entries SET used_ms = ? WHERE key = ?');
  const remove = database.prepare('DELETE FROM entries WHERE key = ?');
  const add = database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?)');
  const total = database.prepare('SELECT bytes FROM total');
  const evict = database.prepare(
    'DELETE FROM entries WHERE key IN (SELECT key FROM entries ORDER BY used_ms, rowid LIMIT 1)',
  );
  const noteUse = (nowMs: number, key: string) => {
    try {
      note.run(nowMs, key);
    } catch {
      // Somebody else writes, or nobody can: the reply is good all the same, and may go a little sooner.
    }
  };
  const close = () => {
    if (database.isOpen) database.close();
  };
  return {
    get(key) {
      const entry = find.get(key);
      const nowMs = now().getTime();
      if (entry === undefined || Number(entry.created_ms) + ttlMs <= nowMs) return undefined;
      if (nowMs - Number(entry.used_ms) >= NOTED_MS) noteUse(nowMs, key);
      return String(entry.value);
    },
    set(key, value) {
      const bytes = Buffer.byteLength(value);
      const nowMs = now().getTime();
      transact(database, () => {
        remove.run(key);
        if (bytes > maxBytes) return;
        add.run(key, value, bytes, nowMs, nowMs);
        while (Number(total.get()?.bytes) > maxBytes && evict.run().changes > 0);
      });
    },
    close,
    [Symbol.dispose]: close,
  };
}

function open(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    const opened = new DatabaseSync(path, { timeout: BUSY_MS });
    database = opened;
    // Whose it is, before anything in it is changed.
    if (!isOurs(opened, path)) {
      opened.exec('PRAGMA journal_mode = WAL');
      transact(opened, () => {
        // Another process may have been faster.
        if (!isOurs(opened, path)) opened.exec(SCHEMA);
      });
    }
    opened.exec('PRAGMA synchronous = NORMAL');
    const check = opened.prepare('PRAGMA quick_check(1)').get();
    if (check?.quick_check !== 'ok') throw new CacheFileError(path, `damaged: ${String(check?.quick_check)}`);
    return opened;
  } catch (error) {
    database?.close();
    if (error instanceof CacheFileError) throw error;
    throw new CacheFileError(path, error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** False for an empty file. */
function isOurs(database: DatabaseSync, path: string): boolean {
  if (database.prepare('PRAGMA application_id').get()?.application_id === APPLICATION_ID) return true;
  const tables = database.prepare('SELECT count(*) AS number FROM sqlite_schema').get();
  if (tables?.number === 0) return false;
  throw new CacheFileError(path, 'it is a database of something else');
}

function transact(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
