import { isBlank } from './is-empty.ts';
import type { LooseMessage } from './loose-message.ts';

/** Two messages of one role as one. Where they have different names, the texts say who speaks. */
export function mergeMessages(first: LooseMessage, second: LooseMessage): LooseMessage {
  if (first.name === second.name) {
    return { ...first, ...second, content: joined(first.content, second.content) };
  }
  const { name: _name, ...one } = spoken(first);
  const { name: _other, ...other } = spoken(second);
  return { ...one, ...other, content: joined(one.content, other.content) };
}

function spoken(message: LooseMessage): LooseMessage {
  const { name, content } = message;
  if (typeof name !== 'string' || name === '') return message;
  return { ...message, content: joined(`${name}:`, content, ' ') };
}

function joined(first: unknown, second: unknown, between = '\n\n'): unknown {
  if (isNothing(first)) return second;
  if (isNothing(second)) return first;
  if (typeof first === 'string' && typeof second === 'string') return `${first}${between}${second}`;
  return [...toParts(first), ...toParts(second)];
}

function isNothing(content: unknown): boolean {
  return content === undefined || content === null || isBlank(content);
}

function toParts(content: unknown): unknown[] {
  if (Array.isArray(content)) return content;
  return [typeof content === 'string' ? { type: 'text', text: content } : content];
}
