import type { FactRecord, MessageDraft, MessageRecord } from '../memory-driver.ts';

/** A message's fixed parts, as they are stored. */
export function toRow({ body, agentId, tokens, metadata, createdAt }: MessageDraft): string {
  return JSON.stringify({ body, agent_id: agentId, tokens, metadata, created_at: createdAt });
}

/** A message as the scripts give it: id, position, row, pinned, replaced by, replaces. */
export function toRecord(reply: string[], sessionId: string): MessageRecord {
  const [id = '', position, row = '{}', pinned, replacedBy, replaces] = reply;
  const stored = JSON.parse(row);
  return {
    id,
    sessionId,
    position: Number(position),
    body: stored.body,
    agentId: stored.agent_id,
    tokens: stored.tokens,
    metadata: stored.metadata,
    createdAt: stored.created_at,
    pinned: pinned === '1',
    replacedBy: replacedBy || undefined,
    replaces: replaces ? JSON.parse(replaces) : undefined,
  };
}

export function toFactRow({ id, text, metadata, source, updatedAt, vector }: FactRecord): string {
  const bytes = vector && Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
  return JSON.stringify({
    id,
    text,
    metadata,
    source,
    updated_at: updatedAt,
    vector: bytes?.toString('base64'),
  });
}

export function toFactRecord(row: string, createdAt: string): FactRecord {
  const { id, text, metadata, source, updated_at: updatedAt, vector } = JSON.parse(row);
  return {
    id,
    text,
    metadata,
    source,
    createdAt,
    updatedAt,
    // Copied, because a view of floats has to begin at a multiple of four.
    vector:
      vector === undefined
        ? undefined
        : new Float32Array(new Uint8Array(Buffer.from(vector, 'base64')).buffer),
  };
}
