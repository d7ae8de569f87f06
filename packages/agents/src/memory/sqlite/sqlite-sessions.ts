import { VersionConflictError } from '../../errors/version-conflict-error.ts';
import type { Change } from '../memory-driver.ts';
import type { SessionInfo } from '../memory-store.ts';
import type { Row, SQLiteConnection } from './sqlite-connection.ts';

/** What a change needs to know of a session. */
export interface SessionState {
  key: number;
  version: number;
  lastPosition: number;
}

const COLUMNS = 'id, version, messages, replaced, created_at, updated_at';

export function findSession(connection: SQLiteConnection, sessionId: string): SessionState | undefined {
  const row = connection.get('SELECT key, version, last_position FROM sessions WHERE id = ?', sessionId);
  return (
    row && { key: Number(row.key), version: Number(row.version), lastPosition: Number(row.last_position) }
  );
}

export function createSession(connection: SQLiteConnection, sessionId: string, now: string): SessionState {
  const { key } = connection.run(
    `INSERT INTO sessions (id, version, last_position, messages, replaced, created_at, updated_at, change)
     VALUES (?, 0, 0, 0, 0, ?, ?, 0)`,
    sessionId,
    now,
    now,
  );
  return { key, version: 0, lastPosition: 0 };
}

/** @throws {VersionConflictError} */
export function checkVersion(
  sessionId: string,
  session: SessionState | undefined,
  { expectedVersion }: Change,
): void {
  const version = session?.version ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== version)
    throw new VersionConflictError(sessionId, expectedVersion, version);
}

/** Counts a change of a session. */
export function touchSession(
  connection: SQLiteConnection,
  { key }: SessionState,
  { now }: Change,
  more: { appended?: number; messages?: number; replaced?: number } = {},
): void {
  connection.run(
    `UPDATE sessions SET version = version + 1, last_position = last_position + ?, messages = messages + ?,
       replaced = replaced + ?, updated_at = ?, change = (SELECT max(change) + 1 FROM sessions)
     WHERE key = ?`,
    more.appended ?? 0,
    more.messages ?? 0,
    more.replaced ?? 0,
    now,
    key,
  );
}

export function readSession(connection: SQLiteConnection, sessionId: string): SessionInfo | undefined {
  const row = connection.get(`SELECT ${COLUMNS} FROM sessions WHERE id = ?`, sessionId);
  return row && toInfo(row);
}

export function readSessions(connection: SQLiteConnection, limit: number, offset: number): SessionInfo[] {
  return connection
    .all(`SELECT ${COLUMNS} FROM sessions ORDER BY change DESC LIMIT ? OFFSET ?`, limit, offset)
    .map(toInfo);
}

function toInfo(row: Row): SessionInfo {
  return {
    id: String(row.id),
    version: Number(row.version),
    messages: Number(row.messages),
    replaced: Number(row.replaced),
    createdAt: String(row.created_at),
    updatedAt: String(row.updated_at),
  };
}
