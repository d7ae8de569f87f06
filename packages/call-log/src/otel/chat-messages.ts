import type { JsonObject, JsonValue } from '../schema/json.ts';

/** A piece of a message, in whatever words a span has it. */
export type Part =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  | { type: 'tool-call'; id: string | undefined; name: string; arguments: JsonValue | undefined }
  | { type: 'tool-result'; id: string | undefined; content: JsonValue | undefined; given: JsonObject }
  /** An image, a file, something new: kept as it is. */
  | { type: 'other'; given: JsonObject };

/**
 * A message in parts as OpenAI's chat messages, which is how every other call of the log has them. Only results of tools
 * make more than one of it, because each has a message of its own there.
 */
export function toChatMessages(role: string, parts: readonly Part[], name?: string): JsonObject[] {
  const results = parts.filter((part) => part.type === 'tool-result');
  // What a provider's own tool gave stands within the assistant's message.
  const own = role === 'assistant' ? [] : results;
  const rest = own.length === 0 ? parts : parts.filter((part) => part.type !== 'tool-result');
  const messages = own.map(({ id, content }) => ({
    role: 'tool',
    ...(id !== undefined && { tool_call_id: id }),
    content: asText(content),
  }));
  return rest.length === 0 && messages.length > 0
    ? messages
    : [...messages, { role, ...(name !== undefined && { name }), ...bodyOf(role, rest) }];
}

/** A tool call of an assistant's message; `arguments` are text there. */
export function toToolCall(id: string | undefined, name: string, given: JsonValue | undefined): JsonObject {
  return {
    ...(id !== undefined && { id }),
    type: 'function',
    function: { name, arguments: asText(given) },
  };
}

function bodyOf(role: string, parts: readonly Part[]): JsonObject {
  const content: JsonObject[] = [];
  const reasoning: string[] = [];
  const calls: JsonObject[] = [];
  for (const part of parts) {
    if (part.type === 'text') content.push({ type: 'text', text: part.text });
    else if (part.type === 'reasoning') reasoning.push(part.text);
    else if (part.type === 'tool-call') calls.push(toToolCall(part.id, part.name, part.arguments));
    else content.push(part.given);
  }
  return {
    content: contentOf(role, content),
    ...(reasoning.length > 0 && { reasoning_content: reasoning.join('\n') }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

function contentOf(role: string, content: JsonObject[]): JsonValue {
  const [first] = content;
  if (first === undefined) return role === 'assistant' ? null : '';
  return content.length === 1 && first.type === 'text' ? (first.text ?? '') : content;
}

function asText(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
