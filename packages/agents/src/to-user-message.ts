import type { ChatMessageParam } from '@pd/llm-client';
import type { IncomingMessage } from './agent.ts';

/** A message as a chat message of the user: its text, or its text and what is shown along with it. */
export function toUserMessage({ content, attachments = [] }: IncomingMessage): ChatMessageParam {
  if (attachments.length === 0) return { role: 'user', content };
  const text = content === '' ? [] : [{ type: 'text' as const, text: content }];
  return { role: 'user', content: [...text, ...attachments] };
}
