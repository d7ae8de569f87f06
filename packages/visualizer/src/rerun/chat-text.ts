import type { ChatMessage, JsonValue } from '@pd/call-log/schema';
import { plainText } from './plain-text.ts';

/** What a chat message says, in one text: its prose, then the tools it asks for, each with its arguments. */
export function chatText(message: ChatMessage): string {
  const { content, tool_calls: toolCalls } = message;
  const parts = Array.isArray(content) ? content.map(partText) : [plainText(content)];
  if (Array.isArray(toolCalls)) parts.push(...toolCalls.map(toolCallText));
  return parts.filter((part) => part !== '').join(' ');
}

function partText(part: JsonValue): string {
  const { type, text } = fields(part);
  if (typeof text === 'string') return text;
  return typeof type === 'string' ? `[${type}]` : plainText(part);
}

function toolCallText(call: JsonValue): string {
  const { name, arguments: args } = fields(fields(call).function);
  return typeof name === 'string' ? `${name}(${plainText(args)})` : plainText(call);
}

function fields(value: JsonValue | undefined): { [field: string]: JsonValue | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
