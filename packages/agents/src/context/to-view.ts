import type { ChatMessageParam } from '@pd/llm-client';
import type { StoredMessage } from '../memory/stored-message.ts';
import { messageText } from '../memory/words/message-text.ts';

/**
 * A conversation as one of those who take part sees it: what it said itself is the assistant's, what other agents said is
 * said to it, with their id in front. What others called tools for is left out; it would be calls to tools this one does not
 * have.
 */
export function toView(messages: readonly StoredMessage[], agentId: string): ChatMessageParam[] {
  return messages.flatMap(({ message, agentId: speaker, replaces }) => {
    if (replaces !== undefined || speaker === undefined || speaker === agentId) return [message];
    if (message.role === 'tool') return [];
    if (message.role !== 'assistant') return [message];
    const text = messageText({ role: 'assistant', content: message.content ?? '' });
    return text === '' ? [] : [{ role: 'user' as const, content: `${speaker}: ${text}` }];
  });
}
