import { type LooseMessage, toolCallsOf } from './loose-message.ts';

/** Whether a part of a content is a text without text. */
export function isEmptyPart(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return part === null || part === undefined;
  return 'type' in part && part.type === 'text' && 'text' in part && isBlank(part.text);
}

/** Whether a message says nothing at all: no text, no other part, no refusal, no tool call. */
export function isEmptyMessage(message: LooseMessage): boolean {
  const { role, content, refusal } = message;
  if (role === 'tool' || role === 'function') return false;
  if (role === 'assistant' && (typeof refusal === 'string' || toolCallsOf(message).length > 0)) return false;
  // Replies of other kinds, such as audio or a function call of old, have no content either.
  if (role === 'assistant' && ('audio' in message || 'function_call' in message)) return false;
  if (Array.isArray(content)) return content.every(isEmptyPart);
  return content === undefined || content === null || isBlank(content);
}

/** A text that has nothing to read. */
export function isBlank(text: unknown): boolean {
  return typeof text === 'string' && text.trim() === '';
}
