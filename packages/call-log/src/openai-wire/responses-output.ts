import type { JsonObject, JsonValue } from '../schema/json.ts';

/** One item of a response's output, as far as it is read here. */
export interface OutputItem {
  type?: string;
  id?: string;
  call_id?: string;
  name?: string;
  arguments?: string;
  input?: string;
  content?: readonly { type?: string; text?: string; refusal?: string }[] | null;
  summary?: readonly { type?: string; text?: string }[] | null;
}

/** A response's output as one chat message, so that calls of either API read alike. */
export function toMessage(output: readonly OutputItem[]): JsonObject {
  const parts = output.flatMap(({ type, content }) => (type === 'message' ? objectsOf(content) : []));
  const texts = parts.flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
  const refusals = parts.flatMap(({ refusal }) => (typeof refusal === 'string' ? [refusal] : []));
  const reasoning = output.flatMap(thoughtsOf).join('\n');
  const calls = output.flatMap(toToolCall);
  return {
    role: 'assistant',
    content: texts.length > 0 ? texts.join('') : null,
    ...(refusals.length > 0 && { refusal: refusals.join('') }),
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

/** The summary of its thoughts, or, from models that show them, the thoughts themselves. */
function thoughtsOf({ type, summary, content }: OutputItem): string[] {
  if (type !== 'reasoning') return [];
  const shown = summary?.length ? summary : content;
  return objectsOf(shown).map(({ text }) => text ?? '');
}

/** The objects of a list, whatever a server puts beside or instead of them. */
export function objectsOf<T extends object>(list: readonly T[] | null | undefined): T[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === 'object' && each !== null) : [];
}

function toToolCall(item: OutputItem): JsonValue[] {
  const id = item.call_id ?? item.id ?? '';
  const name = item.name ?? '';
  if (item.type === 'function_call')
    return [{ id, type: 'function', function: { name, arguments: item.arguments ?? '' } }];
  if (item.type === 'custom_tool_call')
    return [{ id, type: 'custom', custom: { name, input: item.input ?? '' } }];
  return [];
}
