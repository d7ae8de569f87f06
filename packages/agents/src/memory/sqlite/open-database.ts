import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MemoryStoreError } from '../../errors/memory-store-error.ts';
import { MIGRATIONS } from './migrations.ts';

/** In the header of the file, so that a memory is told from other databases: `PDmm`. @see https://www.sqlite.org/fileformat2.html#application_id */
const APPLICATION_ID = 0x50446d6d;

/** How long SQLite itself waits for a lock, in milliseconds: what two processes in turns need, and nothing one would notice. */
const SHORT_WAIT = 5;

/** Kept in memory by each connection, in KiB. The operating system keeps more. */
const CACHE_KIB = 16 * 1024;

/** Makes the file, for its owner only, with the folder it stands in. SQLite gives its companions (`-wal`, `-shm`) the same rights. */
export function createFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    closeSync(openSync(path, 'a', 0o600));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    const meaning = ['EACCES', 'EPERM', 'EROFS'].includes(code) ? 'memory_read_only' : 'memory_unavailable';
    throw new MemoryStoreError(
      meaning,
      `SQLite memory ${path} cannot be made or written (${code}): look at the path and its rights`,
      { cause },
    );
  }
}

/** After how many changed pages of 4 KiB they are moved from the WAL to the file: one append in hundreds waits for the disk. */
const CHECKPOINT_PAGES = 4_000;

/**
 * Opens a memory and brings its schema up to date. May be tried again when it is busy.
 *
 * `synchronous = NORMAL` in WAL mode: a commit is in the file when it returns, as far as the operating system goes. It outlives the
 * process, however that ends. When the whole machine dies, the last commits may be gone; the file stays whole. `FULL` waits for the disk.
 *
 * @see https://www.sqlite.org/pragma.html#pragma_synchronous
 */
export function openDatabase(path: string, synchronous: 'normal' | 'full'): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: SHORT_WAIT, enableDoubleQuotedStringLiterals: false });
  try {
    // Before anything is changed: the file may be somebody else's.
    versionOf(database, path);
    const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode;
    if (mode !== 'wal')
      throw new MemoryStoreError(
        'memory_unsupported',
        `SQLite memory ${path} stays in journal mode ${String(mode)}: it needs a local file system, where processes can share memory`,
      );
    database.exec(
      `PRAGMA synchronous = ${synchronous}; PRAGMA cache_size = -${CACHE_KIB}; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};`,
    );
    migrate(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: DatabaseSync, path: string): void {
  if (versionOf(database, path) === MIGRATIONS.length) return;
  // Where this fails, the database is closed, which rolls it back.
  database.exec('BEGIN IMMEDIATE');
  // Asked again, because another process may have been first.
  for (const step of MIGRATIONS.slice(versionOf(database, path))) database.exec(step);
  database.exec(
    `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`,
  );
}

/** @throws {MemoryStoreError} when the file is not a memory, or one from the future */
function versionOf(database: DatabaseSync, path: string): number {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  const application = Number(database.prepare('PRAGMA application_id').get()?.application_id);
  const tables = Number(database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.count);
  if (application !== APPLICATION_ID && (tables > 0 || version > 0 || application !== 0))
    throw new MemoryStoreError(
      'memory_corrupt',
      `${path} is a SQLite database of something else: give the memory a file of its own`,
    );
  if (version > MIGRATIONS.length)
    throw new MemoryStoreError(
      'memory_unsupported',
      `SQLite memory ${path} has schema version ${version}, and this package knows ${MIGRATIONS.length}: update @pd/agents`,
    );
  return version;
}
