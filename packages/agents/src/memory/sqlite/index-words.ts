import { messageText } from '../words/message-text.ts';
import type { SQLiteConnection } from './sqlite-connection.ts';

/**
 * After how many messages their words are indexed. One by one, FTS5 begins a new part of its index with every commit and joins
 * them again and again, which doubled the cost of an append (measured 2026-11-22). A search looks through the few that are
 * not in the index yet.
 */
const STEP = 256;

/** Text that does not wait, in UTF-16 units, so that those few are soon looked through. */
const LONG = 4_000;

/**
 * Indexes what is not indexed yet, whenever the keys pass a multiple of `STEP` or the text is long. Part of the transaction that
 * stored the messages.
 */
export function indexWords(
  connection: SQLiteConnection,
  keys: { first: number; last: number },
  textLength: number,
): void {
  const due = Math.floor(keys.last / STEP) > Math.floor((keys.first - 1) / STEP) || textLength > LONG;
  if (!due) return;
  const rows = connection.all(
    'SELECT key, session, body FROM messages WHERE key > ? ORDER BY key',
    lastIndexed(connection),
  );
  for (const row of rows)
    connection.run(
      'INSERT INTO message_words (rowid, session, text) VALUES (?, ?, ?)',
      Number(row.key),
      sessionWord(Number(row.session)),
      messageText(JSON.parse(String(row.body))),
    );
}

/** Removes the words of a session. */
export function forgetWords(connection: SQLiteConnection, session: number): void {
  connection.run(
    'DELETE FROM message_words WHERE rowid IN (SELECT key FROM messages WHERE session = ? AND key <= ?)',
    session,
    lastIndexed(connection),
  );
}

/** The last message whose words are in the index; all before it are, too. */
export function lastIndexed(connection: SQLiteConnection): number {
  return Number(
    connection.get('SELECT rowid AS key FROM message_words ORDER BY rowid DESC LIMIT 1')?.key ?? 0,
  );
}

/** The word by which the messages of a session are found among all. */
export function sessionWord(session: number): string {
  return `s${session}`;
}
