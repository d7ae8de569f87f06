import type { MessageRecord } from './memory-driver.ts';
import type { StoredMessage } from './stored-message.ts';

/** A driver's record as callers see it: what is absent has no key. */
export function toStoredMessage(record: MessageRecord): StoredMessage {
  const { id, sessionId, position, body, agentId, createdAt, tokens, metadata, pinned } = record;
  return {
    id,
    sessionId,
    position,
    message: JSON.parse(body),
    ...(agentId !== undefined && { agentId }),
    createdAt,
    ...(tokens !== undefined && { tokens }),
    ...(metadata !== undefined && { metadata: JSON.parse(metadata) }),
    pinned,
    ...(record.replacedBy !== undefined && { replacedBy: record.replacedBy }),
    ...(record.replaces !== undefined && { replaces: record.replaces }),
  };
}
