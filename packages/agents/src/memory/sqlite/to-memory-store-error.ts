import { type MemoryErrorCode, MemoryStoreError } from '../../errors/memory-store-error.ts';

interface SQLiteError extends Error {
  code: 'ERR_SQLITE_ERROR';
  /** SQLite's extended result code; its lowest byte is the primary one. */
  errcode: number;
}

/** SQLite's primary result codes. @see https://www.sqlite.org/rescode.html (2026-11) */
const BUSY = 5;
const LOCKED = 6;
const MEANINGS: Record<number, [MemoryErrorCode, string]> = {
  [BUSY]: ['memory_busy', 'another process holds its write lock; let it finish, or give more busyTimeoutMs'],
  [LOCKED]: ['memory_busy', 'another connection holds a lock; let it finish'],
  3: ['memory_read_only', 'this process may not write it; give the file and its folder the rights'],
  8: ['memory_read_only', 'it cannot be written; give the file and its folder the rights'],
  10: ['memory_failed', 'the disk reports an error; look at it before you go on'],
  11: ['memory_corrupt', 'it is damaged; restore it from a copy, or move it away to begin anew'],
  13: ['memory_full', 'the disk is full; nothing was stored, make room and repeat'],
  14: ['memory_unavailable', 'it cannot be opened; look at the path and the rights of its folder'],
  26: ['memory_corrupt', 'it is no SQLite database; move it away or give another path'],
};

/** Extended codes that say more than their primary one: a write that failed because no more fits. */
const IOERR_WRITE = 10 | (3 << 8);

export function isBusy(error: unknown): boolean {
  return isSQLiteError(error) && [BUSY, LOCKED].includes(error.errcode & 0xff);
}

function isSQLiteError(error: unknown): error is SQLiteError {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
}

/** Says what an error of SQLite means for a memory; anything else, such as a signal's reason, stays as it is. */
export function toMemoryStoreError(error: unknown, path: string): unknown {
  if (!isSQLiteError(error)) return error;
  if (error.message.includes('no such module: fts5'))
    return new MemoryStoreError(
      'memory_unsupported',
      `SQLite memory ${path}: this Node (${process.version}) has SQLite without full-text search; use Node 22.16 or later`,
      { cause: error },
    );
  const [code, meaning] =
    error.errcode === IOERR_WRITE
      ? ([
          'memory_full',
          'it could not be written; look whether the disk is full or the file has a size limit',
        ] as const)
      : (MEANINGS[error.errcode & 0xff] ?? (['memory_failed', 'SQLite refuses'] as const));
  return new MemoryStoreError(code, `SQLite memory ${path}: ${meaning} (${error.message})`, { cause: error });
}
