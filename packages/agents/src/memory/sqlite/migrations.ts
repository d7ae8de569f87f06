/**
 * The schema, one step a version: `PRAGMA user_version` says how many a file has seen. A step that was released is never
 * changed; a change is another step.
 *
 * `messages.key` is the order of arrival. Of a session's messages that no summary replaced, positions differ, so that a
 * window is one walk along `messages_conversation`. The words of messages are in `message_words` (see `index-words.ts`), without
 * the texts themselves; each row also has the session's key as a word (`s42`), by which a search in one session is an
 * intersection of two lists.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE sessions (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    last_position INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    replaced INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    change INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sessions_change ON sessions (change);

  CREATE TABLE messages (
    key INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions (key),
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    body TEXT NOT NULL,
    agent_id TEXT,
    tokens INTEGER,
    metadata TEXT,
    created_at TEXT NOT NULL,
    pinned INTEGER NOT NULL,
    replaced_by TEXT,
    replaces TEXT
  ) STRICT;
  CREATE UNIQUE INDEX messages_id ON messages (session, id);
  CREATE INDEX messages_conversation ON messages (session, position) WHERE replaced_by IS NULL;
  CREATE INDEX messages_replaced ON messages (session, position) WHERE replaced_by IS NOT NULL;
  CREATE INDEX messages_pinned ON messages (session, position) WHERE pinned = 1 AND replaced_by IS NULL;

  CREATE VIRTUAL TABLE message_words USING fts5 (
    session, text,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
  );

  CREATE TABLE facts (
    key INTEGER PRIMARY KEY,
    scope_type TEXT NOT NULL,
    scope_id TEXT NOT NULL,
    id TEXT NOT NULL,
    text TEXT NOT NULL,
    metadata TEXT,
    source TEXT,
    vector BLOB,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX facts_id ON facts (scope_type, scope_id, id);
  CREATE INDEX facts_scope ON facts (scope_type, scope_id);
  `,
];
