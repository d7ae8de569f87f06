import type OpenAI from 'openai';
import type { ToolCall } from './tool-call.ts';

/**
 * The message that tells the model what its tool call came to: a text as it is, anything else as JSON, an error by its
 * message, nothing as `null`.
 *
 * @throws {TypeError} for a value that JSON cannot hold
 */
export function toolResult(
  { id }: Pick<ToolCall, 'id'>,
  value: unknown,
): OpenAI.Chat.Completions.ChatCompletionToolMessageParam {
  return { role: 'tool', tool_call_id: id, content: contentOf(value) };
}

function contentOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return JSON.stringify({ error: value.message });
  return JSON.stringify(value) ?? 'null';
}
