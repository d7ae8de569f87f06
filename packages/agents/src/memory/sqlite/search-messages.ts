import type { FoundRecord, WordSearch } from '../memory-driver.ts';
import { MESSAGE_COLUMNS, sessionWord, toRecord } from './message-rows.ts';
import type { SQLiteConnection } from './sqlite-connection.ts';
import { findSession } from './sqlite-sessions.ts';

/**
 * Messages by their words. The words are quoted, so that nothing in a query is syntax.
 *
 * @see https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
export function searchMessages(
  connection: SQLiteConnection,
  { words, match, sessionId, limit }: WordSearch,
): FoundRecord[] {
  let query = `text : (${words.map((word) => `"${word}"`).join(match === 'all' ? ' AND ' : ' OR ')})`;
  if (sessionId !== undefined) {
    const session = findSession(connection, sessionId);
    if (session === undefined) return [];
    query = `session : "${sessionWord(session.key)}" AND ${query}`;
  }
  return connection
    .all(
      `SELECT ${MESSAGE_COLUMNS}, s.id AS session_id, f.score FROM (
         SELECT rowid AS key, -bm25(message_words, 0.0, 1.0) AS score FROM message_words
         WHERE message_words MATCH ? ORDER BY score DESC, key DESC LIMIT ?
       ) f JOIN messages m ON m.key = f.key JOIN sessions s ON s.key = m.session
       ORDER BY f.score DESC, f.key DESC`,
      query,
      limit,
    )
    .map((row) => ({ ...toRecord(row, String(row.session_id)), score: Number(row.score) }));
}
