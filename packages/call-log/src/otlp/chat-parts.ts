import type { JsonObject, JsonValue } from '../schema/json.ts';
import { parseJson } from './fields.ts';
import { isObject, leftover, restore } from './leftover.ts';

/** What of the message the parts do not tell, as changes to what they tell. */
const LEFTOVER = 'pd.leftover';
/** The message itself, where that would not give back the order of its fields. */
const ORIGINAL = 'pd.original';

/**
 * A chat message as OpenTelemetry's GenAI conventions have it: role and parts. It keeps what that shape has no place
 * for, so that {@link fromParts} gives back the message, byte for byte.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/gen-ai-input-messages.json
 */
export function toParts(message: JsonObject): JsonObject {
  const parts = partsOf(message);
  const told: JsonObject = {
    role: roleOf(message),
    parts,
    ...(typeof message.name === 'string' && { name: message.name }),
  };
  const known = fromPlainParts(told);
  const rest = leftover(message, known);
  if (rest === undefined && isSame(message, known)) return told;
  return rest !== undefined && isSame(message, restore(known, rest))
    ? { ...told, [LEFTOVER]: rest as JsonObject }
    : { ...told, [ORIGINAL]: message };
}

/** The chat message that {@link toParts} was given. */
export function fromParts(told: JsonObject): JsonObject {
  const { [ORIGINAL]: original, [LEFTOVER]: rest } = told;
  if (isObject(original)) return original;
  const known = fromPlainParts(told);
  return isObject(rest) ? restore(known, rest) : known;
}

function isSame(a: JsonObject, b: JsonObject): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The items of the Responses API have a type in the place of a role. */
function roleOf({ role, type }: JsonObject): string {
  if (typeof role === 'string') return role;
  return type === 'function_call_output' ? 'tool' : 'assistant';
}

function partsOf(message: JsonObject): JsonObject[] {
  const { role, type, content, reasoning_content, tool_calls, tool_call_id, call_id } = message;
  if (role === 'tool') return [toolResponse(tool_call_id, content)];
  if (type === 'function_call_output') return [toolResponse(call_id, message.output)];
  if (type === 'function_call') return [toolCall(call_id, message)];
  return [
    ...(typeof reasoning_content === 'string' ? [{ type: 'reasoning', content: reasoning_content }] : []),
    ...contentParts(content),
    ...(Array.isArray(tool_calls) ? tool_calls.map(toolCallPart) : []),
  ];
}

function contentParts(content: JsonValue | undefined): JsonObject[] {
  if (typeof content === 'string') return [{ type: 'text', content }];
  return Array.isArray(content) ? content.map(contentPart) : [];
}

function contentPart(part: JsonValue): JsonObject {
  if (!isObject(part)) return { type: 'unknown', content: part };
  if (typeof part.text === 'string') return { type: 'text', content: part.text };
  const url = isObject(part.image_url) ? part.image_url.url : part.image_url;
  if (typeof url === 'string') return { type: 'uri', modality: 'image', uri: url };
  return typeof part.type === 'string' ? part : { type: 'unknown', content: part };
}

function toolCallPart(call: JsonValue): JsonObject {
  return isObject(call) && isObject(call.function)
    ? toolCall(call.id, call.function)
    : { type: 'unknown', content: call };
}

function toolCall(id: JsonValue | undefined, { name, arguments: given }: JsonObject): JsonObject {
  const parsed = parseJson(given);
  // Only where that text comes back from the value: a model's own spacing is part of what it said.
  const readable = isObject(parsed) && JSON.stringify(parsed) === given ? parsed : (given ?? null);
  return { type: 'tool_call', id: id ?? null, name: String(name), arguments: readable };
}

function toolResponse(id: JsonValue | undefined, response: JsonValue | undefined): JsonObject {
  return { type: 'tool_call_response', id: id ?? null, response: response ?? null };
}

/** The chat message that most likely has these parts. */
function fromPlainParts({ role, parts, name }: JsonObject): JsonObject {
  const list = (Array.isArray(parts) ? parts : []).filter(isObject);
  const named: JsonObject = typeof name === 'string' ? { name } : {};
  const [first] = list;
  if (first?.type === 'tool_call_response')
    return { role: role ?? '', tool_call_id: first.id ?? null, content: first.response ?? null, ...named };
  const calls = list.filter(({ type }) => type === 'tool_call');
  const texts = list.filter(({ type }) => type === 'text').map(({ content }) => content ?? '');
  const reasoning = list.find(({ type }) => type === 'reasoning')?.content;
  const [text = null, ...more] = texts;
  return {
    role: role ?? '',
    content: more.length === 0 ? text : texts.map((content) => ({ type: 'text', text: content })),
    ...named,
    ...(reasoning !== undefined && { reasoning_content: reasoning }),
    ...(calls.length > 0 && { tool_calls: calls.map(fromToolCall) }),
  };
}

function fromToolCall({ id, name, arguments: given }: JsonObject): JsonObject {
  const text = isObject(given) ? JSON.stringify(given) : (given ?? null);
  return { id: id ?? null, type: 'function', function: { name: name ?? '', arguments: text } };
}
