import { DuplicateMessageError } from '../../errors/duplicate-message-error.ts';
import { VersionConflictError } from '../../errors/version-conflict-error.ts';
import { checkReplaced, MOST_REPLACED } from '../input/check-replaced.ts';
import type { Change, MessageDraft, MessageRecord } from '../memory-driver.ts';
import { forgetWords, indexWords } from './index-words.ts';
import { insertMessage, MESSAGE_COLUMNS, readMessages, toRecord } from './message-rows.ts';
import type { SQLiteConnection } from './sqlite-connection.ts';
import {
  checkVersion,
  createSession,
  findSession,
  type SessionState,
  touchSession,
} from './sqlite-sessions.ts';

/** Each of these is the inside of one transaction. */
export function appendMessages(
  connection: SQLiteConnection,
  sessionId: string,
  drafts: readonly MessageDraft[],
  change: Change,
): { version: number; records: MessageRecord[] } {
  const found = findSession(connection, sessionId);
  const version = found?.version ?? 0;
  if (change.expectedVersion !== undefined && change.expectedVersion !== version) {
    const records = found && repeated(connection, found, sessionId, drafts);
    if (records !== undefined) return { version, records };
    throw new VersionConflictError(sessionId, change.expectedVersion, version);
  }
  const session = found ?? createSession(connection, sessionId, change.now);
  const keys: number[] = [];
  for (const [index, draft] of drafts.entries()) {
    const key = insertMessage(connection, session.key, draft, session.lastPosition + 1 + index);
    if (key !== undefined) keys.push(key);
    else if (index > 0) throw new DuplicateMessageError(sessionId, draft.id);
    else {
      const records = repeated(connection, session, sessionId, drafts);
      if (records !== undefined) return { version, records };
      throw new DuplicateMessageError(sessionId, draft.id);
    }
  }
  const textLength = drafts.reduce((sum, { text }) => sum + text.length, 0);
  indexWords(connection, { first: keys[0] ?? 0, last: keys.at(-1) ?? 0 }, textLength);
  touchSession(connection, session, change, { appended: drafts.length, messages: drafts.length });
  const records = drafts.map(({ text: _, ...draft }, index) => ({
    ...draft,
    sessionId,
    position: session.lastPosition + 1 + index,
    replacedBy: undefined,
    replaces: undefined,
  }));
  return { version: session.version + 1, records };
}

export function replaceMessages(
  connection: SQLiteConnection,
  sessionId: string,
  { from, to }: { from: number; to: number },
  draft: MessageDraft,
  change: Change,
): MessageRecord | undefined {
  const session = findSession(connection, sessionId);
  const repeated = session && existing(connection, session, sessionId, draft);
  if (repeated !== undefined) return repeated;
  checkVersion(sessionId, session, change);
  if (session === undefined) return undefined;
  const originals = connection.all(
    `SELECT id, position FROM messages WHERE session = ? AND position BETWEEN ? AND ?
       AND replaced_by IS NULL AND pinned = 0 ORDER BY position LIMIT ?`,
    session.key,
    from,
    to,
    MOST_REPLACED + 1,
  );
  checkReplaced(originals.length);
  const last = originals.at(-1);
  if (last === undefined) return undefined;
  const position = Number(last.position);
  connection.run(
    `UPDATE messages SET replaced_by = ? WHERE session = ? AND position BETWEEN ? AND ?
       AND replaced_by IS NULL AND pinned = 0`,
    draft.id,
    session.key,
    from,
    to,
  );
  const replaces = originals.map((row) => String(row.id));
  const key = insertMessage(connection, session.key, draft, position, replaces) ?? 0;
  indexWords(connection, { first: key, last: key }, draft.text.length);
  touchSession(connection, session, change, { messages: 1 - originals.length, replaced: originals.length });
  const range = { from: position, to: position, limit: 1, order: 'newest' as const };
  return readMessages(connection, session.key, sessionId, { which: 'conversation', ...range })[0];
}

export function setPinned(
  connection: SQLiteConnection,
  sessionId: string,
  messageId: string,
  pinned: boolean,
  change: Change,
): boolean {
  const session = findSession(connection, sessionId);
  checkVersion(sessionId, session, change);
  if (session === undefined) return false;
  const { changes } = connection.run(
    'UPDATE messages SET pinned = ? WHERE session = ? AND id = ? AND replaced_by IS NULL',
    pinned ? 1 : 0,
    session.key,
    messageId,
  );
  if (changes > 0) touchSession(connection, session, change);
  return changes > 0;
}

export function clearSession(connection: SQLiteConnection, sessionId: string, change: Change): boolean {
  const session = findSession(connection, sessionId);
  checkVersion(sessionId, session, change);
  if (session === undefined) return false;
  forgetWords(connection, session.key);
  connection.run('DELETE FROM messages WHERE session = ?', session.key);
  connection.run('UPDATE sessions SET messages = 0, replaced = 0 WHERE key = ?', session.key);
  touchSession(connection, session, change);
  return true;
}

/**
 * An append whose outcome was unknown, made again: its messages as they are stored. None when not all of them are there.
 *
 * @throws {DuplicateMessageError} when one of the ids has another message
 */
function repeated(
  connection: SQLiteConnection,
  session: SessionState,
  sessionId: string,
  drafts: readonly MessageDraft[],
): MessageRecord[] | undefined {
  const records: MessageRecord[] = [];
  for (const draft of drafts) {
    const record = existing(connection, session, sessionId, draft);
    if (record !== undefined) records.push(record);
  }
  if (records.length === drafts.length) return records;
  const [first] = records;
  if (first === undefined) return undefined;
  throw new DuplicateMessageError(sessionId, first.id);
}

/** A message that is there already under this id. @throws {DuplicateMessageError} when it is another one */
function existing(
  connection: SQLiteConnection,
  session: SessionState,
  sessionId: string,
  draft: MessageDraft,
): MessageRecord | undefined {
  const row = connection.get(
    `SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE m.session = ? AND m.id = ?`,
    session.key,
    draft.id,
  );
  if (row === undefined) return undefined;
  if (row.body !== draft.body) throw new DuplicateMessageError(sessionId, draft.id);
  return toRecord(row, sessionId);
}
