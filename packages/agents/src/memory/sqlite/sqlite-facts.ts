import type { FactScope } from '../fact.ts';
import type { FactPage, FactRecord } from '../memory-driver.ts';
import { textOf } from './message-rows.ts';
import type { Row, SQLiteConnection } from './sqlite-connection.ts';

/** Stores facts; one that is there keeps its place and the time it was first put. */
export function putFacts(
  connection: SQLiteConnection,
  { type, id }: FactScope,
  facts: readonly FactRecord[],
) {
  return facts.map((fact) => {
    const row = connection.get(
      `INSERT INTO facts (scope_type, scope_id, id, text, metadata, source, vector, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (scope_type, scope_id, id) DO UPDATE SET text = excluded.text, metadata = excluded.metadata,
         source = excluded.source, vector = excluded.vector, updated_at = excluded.updated_at
       RETURNING created_at`,
      type,
      id,
      fact.id,
      fact.text,
      fact.metadata ?? null,
      fact.source ?? null,
      fact.vector === undefined
        ? null
        : new Uint8Array(fact.vector.buffer, fact.vector.byteOffset, fact.vector.byteLength),
      fact.createdAt,
      fact.updatedAt,
    );
    return { ...fact, createdAt: String(row?.created_at) };
  });
}

export function readFacts(
  connection: SQLiteConnection,
  { type, id }: FactScope,
  { after, limit }: { after: string | undefined; limit: number },
): FactPage {
  const rows = connection.all(
    `SELECT key, id, text, metadata, source, vector, created_at, updated_at FROM facts
     WHERE scope_type = ? AND scope_id = ? AND key > ? ORDER BY key LIMIT ?`,
    type,
    id,
    Number(after ?? 0),
    limit,
  );
  const last = rows.at(-1);
  return {
    facts: rows.map(toFactRecord),
    next: last === undefined || rows.length < limit ? undefined : String(last.key),
  };
}

export function forgetFacts(
  connection: SQLiteConnection,
  { type, id }: FactScope,
  factId: string | undefined,
): number {
  const scope = 'DELETE FROM facts WHERE scope_type = ? AND scope_id = ?';
  return factId === undefined
    ? connection.run(scope, type, id).changes
    : connection.run(`${scope} AND id = ?`, type, id, factId).changes;
}

function toFactRecord(row: Row): FactRecord {
  const { vector } = row;
  return {
    id: String(row.id),
    text: String(row.text),
    metadata: textOf(row.metadata),
    source: textOf(row.source),
    createdAt: String(row.created_at),
    updatedAt: String(row.updated_at),
    // Copied, because a view of floats has to begin at a multiple of four.
    vector: vector instanceof Uint8Array ? new Float32Array(vector.slice().buffer) : undefined,
  };
}
