import type { FoundRecord, WordSearch } from '../memory-driver.ts';
import { messageText } from '../words/message-text.ts';
import { rankByWords, wordWeight } from '../words/rank-by-words.ts';
import { lastIndexed, sessionWord } from './index-words.ts';
import { MESSAGE_COLUMNS, toRecord } from './message-rows.ts';
import type { SQLiteConnection } from './sqlite-connection.ts';
import { findSession } from './sqlite-sessions.ts';

/** How many messages are looked at before the best are chosen: the newest that match. */
const CANDIDATES = 300;

/** About how much text of them is looked at, in UTF-16 units. */
const MOST_TEXT = 1_000_000;

/** From how many of its newest messages it is estimated how common a word is. */
const SAMPLE = 200;

/**
 * Messages by their words. SQLite's own `bm25()` counts every message that has a word, which takes 0.8 s for a word in
 * 500,000 messages (measured 2026-11-22); walking the newest matches takes less than a millisecond, however many there are.
 * So the newest are fetched and ranked here. Words are quoted, so that nothing in a query is syntax.
 *
 * @see https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
export function searchMessages(
  connection: SQLiteConnection,
  { words, match, sessionId, limit }: WordSearch,
): FoundRecord[] {
  const session = sessionId === undefined ? undefined : findSession(connection, sessionId);
  if (sessionId !== undefined && session === undefined) return [];
  const scope = session === undefined ? '' : `session : "${sessionWord(session.key)}" AND `;
  const newest = (texts: readonly string[], most: number, where = scope) =>
    connection
      .all(
        'SELECT rowid AS key FROM message_words WHERE message_words MATCH ? ORDER BY rowid DESC LIMIT ?',
        `${where}text : (${texts.map((word) => `"${word}"`).join(' AND ')})`,
        most,
      )
      .map((row) => Number(row.key));

  const most = Math.max(CANDIDATES, limit);
  const keys = new Set(newest(words, most));
  // Of each word some, or the newest messages with a common word would leave no room for those with a rare one.
  if (match === 'any')
    for (const word of words) for (const key of newest([word], Math.ceil(most / words.length))) keys.add(key);

  // The newest of all, which are not in the index yet. The plus keeps SQLite from walking along all of the session.
  const recent = connection
    .all(
      `SELECT key FROM messages WHERE key > ? ${session === undefined ? '' : 'AND +session = ?'} ORDER BY key`,
      lastIndexed(connection),
      ...(session === undefined ? [] : [session.key]),
    )
    .map((row) => Number(row.key));

  const last = Number(connection.get('SELECT max(key) AS key FROM messages')?.key ?? 0);
  const weights = new Map(
    words.map((word) => {
      const sample = newest([word], SAMPLE, '');
      const reach = last - (sample.at(-1) ?? 0) + 1;
      const having = sample.length < SAMPLE ? sample.length : (SAMPLE * last) / reach;
      return [word, wordWeight(having, last)];
    }),
  );
  const indexed = [...keys].sort((a, b) => a - b);
  const found = [
    ...readCandidates(connection, indexed, MOST_TEXT),
    ...readCandidates(connection, recent, Number.POSITIVE_INFINITY),
  ];
  return rankByWords(found, ({ text }) => text, words, match, weights)
    .slice(0, limit)
    .map(({ item: { record }, score }) => ({ ...record, score }));
}

/** Messages by their keys, in order; where they are too long for one search, the newest of them. */
function readCandidates(connection: SQLiteConnection, keys: number[], mostText: number) {
  const found = [];
  let length = 0;
  for (const key of keys.reverse()) {
    const row = connection.get(
      `SELECT ${MESSAGE_COLUMNS}, s.id AS session_id FROM messages m JOIN sessions s ON s.key = m.session WHERE m.key = ?`,
      key,
    );
    if (row === undefined) continue;
    const text = messageText(JSON.parse(String(row.body)));
    length += text.length;
    found.push({ record: toRecord(row, String(row.session_id)), text });
    if (length > mostText) break;
  }
  return found.reverse();
}
