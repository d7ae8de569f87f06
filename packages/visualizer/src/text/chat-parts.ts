import type { ChatMessage, JsonValue } from '@pd/call-log/schema';

/** A piece of a chat message: prose, or data that is shown as code under a title. */
export interface ChatPart {
  type: 'text' | 'data';
  title?: string;
  text: string;
}

/** The fields that are shown elsewhere or in a way of their own. */
const SHOWN = new Set(['role', 'name', 'content', 'tool_calls']);

/** A chat message of any provider as pieces to show. What is not understood is shown as JSON, never dropped. */
export function chatParts(message: ChatMessage): ChatPart[] {
  const parts = contentParts(message.content);
  if (Array.isArray(message.tool_calls)) parts.push(...message.tool_calls.map(toolCallPart));
  for (const [field, value] of Object.entries(message)) {
    if (SHOWN.has(field) || value === null || (Array.isArray(value) && value.length === 0)) continue;
    parts.push({ type: 'data', title: field, text: show(value) });
  }
  return parts;
}

function contentParts(content: JsonValue | undefined): ChatPart[] {
  if (content === undefined || content === null || content === '') return [];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (Array.isArray(content)) return content.map(contentPart);
  return [{ type: 'data', text: show(content) }];
}

function contentPart(part: JsonValue): ChatPart {
  const { type, text } = fields(part);
  if (typeof text === 'string') return { type: 'text', text };
  return { type: 'data', ...(typeof type === 'string' && { title: type }), text: show(part) };
}

function toolCallPart(call: JsonValue): ChatPart {
  const { name, arguments: args } = fields(fields(call).function);
  if (typeof name !== 'string') return { type: 'data', title: 'tool call', text: show(call) };
  return { type: 'data', title: `tool call ${name}`, text: args === undefined ? '' : show(args) };
}

function fields(value: JsonValue | undefined): { [field: string]: JsonValue | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function show(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
