import type { JsonObject, JsonValue } from '../schema/json.ts';
import { fromParts, toParts } from './chat-parts.ts';
import { parseJson } from './fields.ts';
import { isObject } from './leftover.ts';

/** What was said in a call, as the tree has it. */
export interface CallContent {
  pre: { messages: readonly JsonObject[]; tools?: readonly JsonValue[] };
  post?: { message?: JsonObject; other_choices?: readonly JsonObject[]; finish_reason?: string };
  status: string;
}

/** Our finish reasons that have another name in the conventions. */
const finishReasons: ReadonlyMap<string, string> = new Map([
  ['content-filter', 'content_filter'],
  ['tool-calls', 'tool_call'],
]);
const ownReasons = new Map([...finishReasons].map(([own, theirs]) => [theirs, own]));

/**
 * The content of a call as attributes, each of them JSON text, as instrumentations write it that cannot rely on nested
 * attributes.
 *
 * @param request every message of the request; those that are new in the call are its last
 */
export function writeContent(call: CallContent, request: readonly JsonObject[]): JsonObject {
  const { tools } = call.pre;
  const { message, other_choices = [], finish_reason: own } = call.post ?? {};
  const reason = own === undefined ? undefined : (finishReasons.get(own) ?? own);
  const outputs = message === undefined ? [] : [message, ...other_choices];
  return {
    'gen_ai.input.messages': JSON.stringify(request.map(toParts)),
    'pd.new_messages': call.pre.messages.length,
    ...(tools !== undefined && { 'gen_ai.tool.definitions': JSON.stringify(tools.map(toDefinition)) }),
    ...(outputs.length > 0 && {
      'gen_ai.output.messages': JSON.stringify(
        // The conventions ask for a reason; without one, how the call ended is the nearest thing.
        outputs.map((output) => ({ ...toParts(output), finish_reason: reason ?? call.status })),
      ),
    }),
    ...(reason !== undefined && { 'gen_ai.response.finish_reasons': [reason] }),
  };
}

/** The part of a call that {@link writeContent} has written. */
export function readContent(attributes: JsonObject): JsonObject {
  const input = listIn(attributes, 'gen_ai.input.messages');
  const count = attributes['pd.new_messages'];
  const first = typeof count === 'number' ? Math.max(0, input.length - count) : 0;
  const tools = parseJson(attributes['gen_ai.tool.definitions']);
  const [message, ...others] = listIn(attributes, 'gen_ai.output.messages').map(fromParts);
  const reasons = attributes['gen_ai.response.finish_reasons'];
  const reason = Array.isArray(reasons) ? reasons[0] : undefined;
  const post: JsonObject = {
    ...(message !== undefined && { message }),
    ...(others.length > 0 && { other_choices: others }),
    ...(typeof reason === 'string' && { finish_reason: ownReasons.get(reason) ?? reason }),
  };
  return {
    pre: {
      messages: input.slice(first).map(fromParts),
      ...(Array.isArray(tools) && { tools: tools.map(fromDefinition) }),
    },
    ...(Object.keys(post).length > 0 && { post }),
  };
}

function listIn(attributes: JsonObject, name: string): JsonObject[] {
  const list = parseJson(attributes[name]);
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** `{ type, function: { name, … } }` of Chat Completions is `{ type, name, … }` in the conventions. */
function toDefinition(tool: JsonValue): JsonValue {
  if (!isObject(tool) || !isObject(tool.function)) return tool;
  const { function: inner, ...rest } = tool;
  return { ...rest, ...inner };
}

function fromDefinition(tool: JsonValue): JsonValue {
  if (!isObject(tool) || tool.type !== 'function') return tool;
  const { type, ...inner } = tool;
  return { type, function: inner };
}
