import { badRequest } from './api-error.ts';
import type { ChatMessage } from './chat-request.ts';
import { wrongType } from './checks.ts';
import { isFields } from './fields.ts';
import type { ToolCall } from './tools/tool.ts';

const roles = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);

/** The messages of a chat completion request. Throws a 400 that names the first that is none. */
export function parseMessages(messages: unknown): ChatMessage[] {
  if (messages === undefined) throw badRequest("Missing required parameter: 'messages'.", 'messages');
  if (!Array.isArray(messages)) throw wrongType('messages', 'an array of objects', messages);
  return messages.map((message: unknown, index) => parseMessage(message, `messages[${index}]`));
}

function parseMessage(message: unknown, path: string): ChatMessage {
  if (!isFields(message)) throw wrongType(path, 'an object', message);
  const { role, name, content, tool_calls, tool_call_id } = message;
  if (role === undefined) throw badRequest(`Missing required parameter: '${path}.role'.`, `${path}.role`);
  if (typeof role !== 'string' || !roles.has(role)) {
    throw wrongType(`${path}.role`, `one of ${[...roles].join(', ')}`, role);
  }
  if ((content === undefined || content === null) && role !== 'assistant' && role !== 'function') {
    throw wrongType(`${path}.content`, 'a string or an array of parts', content);
  }
  return {
    role,
    text: parseContent(content, `${path}.content`),
    name: typeof name === 'string' ? name : undefined,
    ...(Array.isArray(tool_calls) && { toolCalls: tool_calls.flatMap(toToolCall) }),
    ...(typeof tool_call_id === 'string' && { toolCallId: tool_call_id }),
  };
}

/** A content as one text; parts that are no text count as nothing. */
export function parseContent(content: unknown, path: string): string {
  if (content === undefined || content === null) return '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) throw wrongType(path, 'a string or an array of parts', content);
  return content
    .map((part: unknown, index) => {
      if (!isFields(part)) throw wrongType(`${path}[${index}]`, 'an object', part);
      if (!TEXT_PARTS.has(part.type)) return '';
      if (typeof part.text !== 'string') throw wrongType(`${path}[${index}].text`, 'a string', part.text);
      return part.text;
    })
    .join('');
}

/** Those of chat completions and of the Responses API. */
const TEXT_PARTS = new Set<unknown>(['text', 'input_text', 'output_text']);

function toToolCall(call: unknown): ToolCall[] {
  if (!isFields(call) || typeof call.id !== 'string' || !isFields(call.function)) return [];
  return [
    { id: call.id, name: String(call.function.name), arguments: String(call.function.arguments ?? '') },
  ];
}
