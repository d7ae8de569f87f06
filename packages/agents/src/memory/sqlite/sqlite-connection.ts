import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { MemoryStoreError } from '../../errors/memory-store-error.ts';
import { untilAborted } from '../until-aborted.ts';
import { fromNULFree, toNULFree } from './nul-free.ts';
import { toMemoryStoreError } from './to-memory-store-error.ts';
import { waitWhileBusy } from './wait-while-busy.ts';

export type Row = Record<string, null | number | bigint | string | Uint8Array>;

/** An open database: statements that are prepared once, changes one after the other, and errors that say what they mean. */
export class SQLiteConnection {
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #busyTimeoutMs: number;
  readonly #statements = new Map<string, StatementSync>();
  /** The last change that was begun. Order is kept: one that waits for a lock is not overtaken by the next. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(database: DatabaseSync, path: string, busyTimeoutMs: number) {
    this.#database = database;
    this.#path = path;
    this.#busyTimeoutMs = busyTimeoutMs;
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepared(sql)
      .all(...values.map(toBound))
      .map((row) => fromRow(row as Row));
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    const row = this.#prepared(sql).get(...values.map(toBound)) as Row | undefined;
    return row && fromRow(row);
  }

  /** Runs a change; says how many rows it touched and the key of the last one it added. */
  run(sql: string, ...values: SQLInputValue[]): { changes: number; key: number } {
    const { changes, lastInsertRowid } = this.#prepared(sql, true).run(...values.map(toBound));
    return { changes: Number(changes), key: Number(lastInsertRowid) };
  }

  /** Reads; all statements see the same state, whatever others write meanwhile. */
  read<T>(work: () => T, signal: AbortSignal | undefined): Promise<T> {
    return this.#guard(waitWhileBusy(() => this.#transaction('BEGIN', work), this.#busyTimeoutMs, signal));
  }

  /** Does all of a change, or nothing. The lock is taken first, so that nothing it read can change under it. */
  write<T>(work: () => T, signal: AbortSignal | undefined): Promise<T> {
    const change = this.#last.then(() =>
      waitWhileBusy(() => this.#transaction('BEGIN IMMEDIATE', work), this.#busyTimeoutMs, signal),
    );
    this.#last = change.catch(() => {});
    return untilAborted(this.#guard(change), signal);
  }

  async close(): Promise<void> {
    await this.#last;
    this.#statements.clear();
    this.#database.close();
  }

  #transaction<T>(begin: 'BEGIN' | 'BEGIN IMMEDIATE', work: () => T): T {
    this.run(begin);
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      // A full disk has already rolled it back. Node tells since 22.16.
      if (this.#database.isTransaction !== false) this.#rollBack();
      throw error;
    }
  }

  #rollBack(): void {
    try {
      this.run('ROLLBACK');
    } catch {
      // There was nothing to roll back; what went wrong before is what counts.
    }
  }

  async #guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (this.#database.isOpen === false)
        throw new MemoryStoreError('memory_closed', `SQLite memory ${this.#path} was closed`, {
          cause: error,
        });
      throw toMemoryStoreError(error, this.#path);
    }
  }

  #prepared(sql: string, change = false): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      // FTS5 adds rows of its own with keys that are no safe integers; Node 26 throws where 24 rounds.
      if (change) statement.setReadBigInts(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function toBound(value: SQLInputValue): SQLInputValue {
  return typeof value === 'string' ? toNULFree(value) : value;
}

function fromRow(row: Row): Row {
  for (const [column, value] of Object.entries(row))
    if (typeof value === 'string') row[column] = fromNULFree(value);
  return row;
}
