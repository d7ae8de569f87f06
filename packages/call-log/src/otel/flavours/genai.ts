import type { AgentRef, Operation, Reply } from '../../schema/common.ts';
import type { JsonObject, JsonValue } from '../../schema/json.ts';
import { type Attributes, isObject, textOf } from '../attributes.ts';
import { type Part, toChatMessages } from '../chat-messages.ts';
import { finishReason } from '../finish-reason.ts';
import type { CallReading, Reading } from '../reading.ts';
import type { Span } from '../span.ts';
import { usageOf } from '../usage.ts';
import type { Flavour } from './flavour.ts';
import { readMessageEvents } from './genai-events.ts';

const operations: ReadonlyMap<string, Operation> = new Map([
  ['chat', 'chat'],
  ['text_completion', 'chat'],
  ['generate_content', 'chat'],
  ['embeddings', 'embeddings'],
]);

/**
 * OpenTelemetry's GenAI conventions, from messages as span events to messages as attributes. The AI SDK
 * (`OpenTelemetry` of `@ai-sdk/otel`) and current OpenLLMetry speak it.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 */
export const genai: Flavour = {
  name: 'OpenTelemetry GenAI',
  ignored: ['gen_ai.client.', 'gen_ai.usage.', 'gen_ai.execute_tool.', 'error.', 'http.'],
  knows: (attributes) => attributes.text('gen_ai.operation.name') !== undefined,
  read(attributes, span): Reading | undefined {
    const agent = genaiAgent(attributes);
    const named = agent !== undefined && { agent };
    const operation = attributes.text('gen_ai.operation.name') ?? '';
    if (operation === 'invoke_agent' || operation === 'create_agent') return { kind: 'agent', ...named };
    if (operation === 'execute_tool') return { ...genaiTool(attributes, span), ...named };
    const asked = operations.get(operation);
    return asked === undefined ? undefined : { ...genaiCall(attributes, span, asked), ...named };
  },
};

/** Who works in a span: by its id, else by its name. */
export function genaiAgent(attributes: Attributes): AgentRef | undefined {
  const name = attributes.text('gen_ai.agent.name');
  const id = attributes.text('gen_ai.agent.id') ?? name;
  return id === undefined ? undefined : { id, ...(name !== undefined && { name }) };
}

function genaiTool(attributes: Attributes, span: Span): Reading {
  const toolCallId = attributes.text('gen_ai.tool.call.id');
  const given = attributes.json('gen_ai.tool.call.arguments');
  const result = attributes.json('gen_ai.tool.call.result');
  return {
    kind: 'tool',
    name: attributes.text('gen_ai.tool.name') ?? span.name,
    ...(toolCallId !== undefined && { toolCallId }),
    ...(given !== undefined && { arguments: given }),
    ...(result !== undefined && { result }),
  };
}

/** What a span of these conventions says of a request and its reply; older dialects add to it. */
export function genaiCall(attributes: Attributes, span: Span, operation: Operation): CallReading {
  const provider = attributes.text('gen_ai.provider.name', 'gen_ai.system');
  const model = attributes.text('gen_ai.request.model', 'gen_ai.response.model');
  const responses = attributes.text('openai.api.type', 'gen_ai.openai.api.type') === 'responses';
  const events = readMessageEvents(span);
  const input = [
    ...systemOf(attributes),
    ...readMessages(messagesIn(attributes, 'gen_ai.input.messages', 'user')),
  ];
  const output = messagesIn(attributes, 'gen_ai.output.messages', 'assistant');
  const seconds = attributes.number(
    'gen_ai.response.time_to_first_chunk',
    'gen_ai.client.operation.time_to_first_chunk',
  );
  const tools = attributes.objects('gen_ai.tool.definitions');
  const costUsd = attributes.number('gen_ai.usage.cost');
  return {
    kind: 'call',
    operation: responses && operation === 'chat' ? 'responses' : operation,
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
    messages: input.length > 0 ? input : readMessages(events.messages),
    parameters: parametersOf(attributes),
    ...(tools.length > 0 && { tools }),
    reply: replyOf(attributes, output.length > 0 ? output : events.choices),
    usage: genaiUsage(attributes),
    ...(costUsd !== undefined && { costUsd }),
    ...(seconds !== undefined && { timeToFirstChunkMs: seconds * 1000 }),
  };
}

/** `gen_ai.request.*` without the prefix; the model stands elsewhere. */
export function parametersOf(attributes: Attributes): JsonObject {
  const prefix = 'gen_ai.request.';
  const names = attributes.names.filter((name) => name.startsWith(prefix) && name !== `${prefix}model`);
  return Object.fromEntries(names.map((name) => [name.slice(prefix.length), attributes.value(name) ?? null]));
}

function genaiUsage(attributes: Attributes) {
  const count = (...names: string[]) => attributes.number(...names.map((name) => `gen_ai.usage.${name}`));
  return usageOf({
    input_tokens: count('input_tokens', 'prompt_tokens'),
    output_tokens: count('output_tokens', 'completion_tokens'),
    cache_read_input_tokens: count('cache_read.input_tokens', 'cache_read_input_tokens'),
    cache_creation_input_tokens: count(
      'cache_write.input_tokens',
      'cache_creation.input_tokens',
      'cache_creation_input_tokens',
    ),
    reasoning_output_tokens: count('reasoning.output_tokens', 'reasoning_tokens'),
  });
}

function systemOf(attributes: Attributes): JsonObject[] {
  const value = attributes.json('gen_ai.system_instructions');
  if (value === undefined) return [];
  const parts = Array.isArray(value) ? value.map(toPart) : [toPart(value)];
  return toChatMessages('system', parts);
}

function replyOf(attributes: Attributes, output: JsonObject[]): Reply {
  const id = attributes.text('gen_ai.response.id');
  const model = attributes.text('gen_ai.response.model');
  const reasons = attributes.value('gen_ai.response.finish_reasons');
  const [reason] = Array.isArray(reasons) ? reasons : [];
  const [message, ...others] = output.flatMap((one) => readMessages([one]));
  return {
    ...(id !== undefined && { id }),
    ...(model !== undefined && { model }),
    ...(message !== undefined && { message }),
    ...(others.length > 0 && { other_choices: others }),
    ...finishReason(typeof reason === 'string' ? reason : textOf(output[0], 'finish_reason')),
  };
}

/** A list of messages. Text that is none, because it was cut off for instance, is one message. */
export function messagesIn(attributes: Attributes, name: string, role: string): JsonObject[] {
  const value = attributes.json(name);
  return typeof value === 'string' ? [{ role, content: value }] : attributes.objects(name);
}

/** Messages of `role` and `parts` as chat messages; one that is a chat message already stays as it is. */
function readMessages(messages: readonly JsonObject[]): JsonObject[] {
  return messages.flatMap((message) => {
    const { parts, finish_reason: _reason, ...rest } = message;
    if (!Array.isArray(parts)) return [rest];
    return toChatMessages(textOf(message, 'role') ?? 'user', parts.map(toPart), textOf(message, 'name'));
  });
}

function toPart(given: JsonValue): Part {
  if (typeof given === 'string') return { type: 'text', text: given };
  if (!isObject(given)) return { type: 'other', given: { value: given } };
  const type = textOf(given, 'type');
  const text = textOf(given, 'content') ?? textOf(given, 'text');
  const id = textOf(given, 'id');
  if ((type === 'text' || type === 'reasoning') && text !== undefined) return { type, text };
  if (type === 'tool_call')
    return { type: 'tool-call', id, name: textOf(given, 'name') ?? '', arguments: given.arguments };
  if (type === 'tool_call_response')
    return { type: 'tool-result', id, content: given.response ?? given.result, given };
  return { type: 'other', given };
}
