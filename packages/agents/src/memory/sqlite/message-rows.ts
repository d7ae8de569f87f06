import type { MessageDraft, MessageRange, MessageRecord } from '../memory-driver.ts';
import type { Row, SQLiteConnection } from './sqlite-connection.ts';

/** The columns of a message, wherever it is read. */
export const MESSAGE_COLUMNS =
  'm.id, m.position, m.body, m.agent_id, m.tokens, m.metadata, m.created_at, m.pinned, m.replaced_by, m.replaces';

/** Of which index, or indexes, messages are read. */
const CHOICES: Record<MessageRange['which'], string[]> = {
  conversation: ['m.replaced_by IS NULL'],
  pinned: ['m.pinned = 1 AND m.replaced_by IS NULL'],
  all: ['m.replaced_by IS NULL', 'm.replaced_by IS NOT NULL'],
};

/** Messages of a session by position; where a summary shares one with what it replaces, it comes after. */
export function readMessages(
  connection: SQLiteConnection,
  session: number,
  sessionId: string,
  { which, from, to, limit, order }: MessageRange,
): MessageRecord[] {
  const direction = order === 'newest' ? 'DESC' : 'ASC';
  const selects = CHOICES[which].map(
    (choice) =>
      `SELECT ${MESSAGE_COLUMNS}, m.key FROM messages m WHERE m.session = ? AND m.position BETWEEN ? AND ? AND ${choice}`,
  );
  return connection
    .all(
      `${selects.join(' UNION ALL ')} ORDER BY position ${direction}, key ${direction} LIMIT ?`,
      ...selects.flatMap(() => [session, from, to]),
      limit,
    )
    .map((row) => toRecord(row, sessionId));
}

/** Stores a message; gives its key, or none when its id is taken. */
export function insertMessage(
  connection: SQLiteConnection,
  session: number,
  draft: MessageDraft,
  position: number,
  replaces?: readonly string[],
): number | undefined {
  const { changes, key } = connection.run(
    `INSERT INTO messages (session, id, position, body, agent_id, tokens, metadata, created_at, pinned, replaces)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session, id) DO NOTHING`,
    session,
    draft.id,
    position,
    draft.body,
    draft.agentId ?? null,
    draft.tokens ?? null,
    draft.metadata ?? null,
    draft.createdAt,
    draft.pinned ? 1 : 0,
    replaces === undefined ? null : JSON.stringify(replaces),
  );
  return changes === 0 ? undefined : key;
}

export function toRecord(row: Row, sessionId: string): MessageRecord {
  return {
    id: String(row.id),
    sessionId,
    position: Number(row.position),
    body: String(row.body),
    agentId: textOf(row.agent_id),
    tokens: row.tokens === null ? undefined : Number(row.tokens),
    metadata: textOf(row.metadata),
    createdAt: String(row.created_at),
    pinned: row.pinned === 1,
    replacedBy: textOf(row.replaced_by),
    replaces: typeof row.replaces === 'string' ? JSON.parse(row.replaces) : undefined,
  };
}

/** A text that may be absent. */
export function textOf(value: Row[string] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
