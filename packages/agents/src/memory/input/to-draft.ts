import { InvalidMemoryInputError } from '../../errors/invalid-memory-input-error.ts';
import { createMemoryId } from '../create-memory-id.ts';
import type { MessageDraft } from '../memory-driver.ts';
import type { NewMessage } from '../stored-message.ts';
import { messageText } from '../words/message-text.ts';
import { checkCount } from './check-count.ts';
import { checkId, checkSessionId } from './check-id.ts';
import { toJSON } from './to-json.ts';

/** The roles of the chat completions API. @see https://platform.openai.com/docs/api-reference/chat (2026-11) */
const ROLES: ReadonlySet<unknown> = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);

/**
 * Checks a message and takes it apart, so that nothing the caller does to it later changes what is stored.
 *
 * @throws {InvalidMemoryInputError}
 */
export function toDraft(input: NewMessage, createdAt: string): MessageDraft {
  if (
    typeof input !== 'object' ||
    input === null ||
    typeof input.message !== 'object' ||
    input.message === null
  )
    throw new InvalidMemoryInputError(
      'a message to be remembered is { message: { role, content } }, with the chat message inside',
    );
  const { id, message, agentId, tokens, metadata, pinned } = input;
  if (!ROLES.has(message.role))
    throw new InvalidMemoryInputError(
      `a chat message needs a role (${[...ROLES].join(', ')}); got ${JSON.stringify(String(message.role)).slice(0, 50)}`,
    );
  if (id !== undefined) checkId(id, 'a message id');
  if (agentId !== undefined) checkSessionId(agentId, 'an agent id');
  return {
    id: id ?? createMemoryId(),
    body: toJSON(message, 'a chat message'),
    text: messageText(message),
    agentId,
    tokens: tokens === undefined ? undefined : checkCount(tokens, 'tokens', { least: 0 }),
    metadata: metadata === undefined ? undefined : toJSON(metadata, 'metadata'),
    createdAt,
    pinned: pinned === true,
  };
}
