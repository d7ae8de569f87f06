import { isDeepStrictEqual } from 'node:util';
import type { IncomingMessage } from '../agent.ts';
import type { StoredMessage } from '../memory/stored-message.ts';
import { toUserMessage } from '../to-user-message.ts';

/**
 * Where a question stands at the end of a conversation, unanswered: one that a process died over, or what another agent of
 * the same conversation has just said.
 *
 * @param newest the end of the conversation, in order
 * @returns the stored question; nothing when it is a new one
 */
export function findAsked(
  newest: readonly StoredMessage[],
  question: IncomingMessage,
): StoredMessage | undefined {
  const last = newest.findLast(({ message }) => !isToolTalk(message));
  if (last === undefined) return undefined;
  const { message, agentId } = last;
  if (message.role === 'assistant')
    return agentId !== undefined && agentId === question.from && message.content === question.content
      ? last
      : undefined;
  const isSame = agentId === question.from && isDeepStrictEqual(message, toJson(toUserMessage(question)));
  return isSame ? last : undefined;
}

function isToolTalk(message: StoredMessage['message']): boolean {
  return message.role === 'tool' || (message.role === 'assistant' && (message.tool_calls?.length ?? 0) > 0);
}

/** As the store gives it back. */
function toJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
