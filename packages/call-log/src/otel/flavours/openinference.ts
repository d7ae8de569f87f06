import type { AgentRef, Operation, Reply } from '../../schema/common.ts';
import type { JsonObject, JsonValue } from '../../schema/json.ts';
import { type Attributes, isObject, parsed, textOf } from '../attributes.ts';
import { type Part, toChatMessages } from '../chat-messages.ts';
import { finishReason } from '../finish-reason.ts';
import type { CallReading, Reading } from '../reading.ts';
import type { Span } from '../span.ts';
import { usageOf } from '../usage.ts';
import type { Flavour } from './flavour.ts';

/**
 * OpenInference, as Phoenix and Arize have it.
 *
 * @see https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md
 */
export const openinference: Flavour = {
  name: 'OpenInference',
  ignored: ['input.', 'output.', 'llm.token_count.'],
  knows: (attributes) => attributes.text('openinference.span.kind') !== undefined,
  read(attributes, span): Reading | undefined {
    const kind = attributes.text('openinference.span.kind')?.toUpperCase();
    const name = attributes.text('agent.name');
    const agent: AgentRef | undefined = name === undefined ? undefined : { id: name };
    const named = agent !== undefined && { agent };
    // A span of an agent always is one; without a name of its own it is called what the span is called.
    if (kind === 'AGENT') return { kind: 'agent', agent: agent ?? { id: span.name } };
    if (kind === 'TOOL') return { ...toolOf(attributes, span), ...named };
    if (kind === 'LLM') {
      const operation = span.name === 'OpenAI Responses' ? 'responses' : 'chat';
      return { ...callOf(attributes, operation), ...named };
    }
    if (kind === 'EMBEDDING') return { ...embeddingOf(attributes), ...named };
    return undefined;
  },
};

function toolOf(attributes: Attributes, span: Span): Reading {
  const toolCallId = attributes.text('tool_call.id', 'tool.id');
  const given = attributes.json('tool.parameters', 'input.value');
  const result = attributes.json('output.value');
  return {
    kind: 'tool',
    name: attributes.text('tool.name') ?? span.name,
    ...(toolCallId !== undefined && { toolCallId }),
    ...(given !== undefined && { arguments: given }),
    ...(result !== undefined && { result }),
  };
}

function callOf(attributes: Attributes, operation: Operation): CallReading {
  const invocation = attributes.json('llm.invocation_parameters');
  const asked = isObject(invocation) ? invocation : {};
  const { model, tools: _tools, messages: _messages, input: _input, ...parameters } = asked;
  const provider = attributes.text('llm.provider', 'llm.system');
  // The model that was asked for, until the reply names the one that answered.
  const named = attributes.text('llm.model_name');
  const requested = typeof model === 'string' ? model : named;
  const tools = attributes
    .nestedObjects('llm.tools')
    .map(({ tool }) => parsed(isObject(tool) ? (tool.json_schema ?? tool) : null))
    .filter(isObject);
  const costUsd = attributes.number('llm.cost.total');
  return {
    kind: 'call',
    operation,
    ...(provider !== undefined && { provider }),
    ...(requested !== undefined && { model: requested }),
    messages: messagesOf(attributes),
    parameters,
    ...(tools.length > 0 && { tools }),
    reply: replyOf(attributes, named === requested ? undefined : named),
    usage: usageOf({
      input_tokens: attributes.number('llm.token_count.prompt'),
      output_tokens: attributes.number('llm.token_count.completion'),
      cache_read_input_tokens: attributes.number('llm.token_count.prompt_details.cache_read'),
      cache_creation_input_tokens: attributes.number('llm.token_count.prompt_details.cache_write'),
      reasoning_output_tokens: attributes.number('llm.token_count.completion_details.reasoning'),
    }),
    ...(costUsd !== undefined && { costUsd }),
  };
}

function embeddingOf(attributes: Attributes): CallReading {
  const model = attributes.text('embedding.model_name', 'llm.model_name');
  const texts = attributes
    .nestedObjects('embedding.embeddings')
    .flatMap(({ embedding }) => textOf(embedding, 'text') ?? []);
  return {
    kind: 'call',
    operation: 'embeddings',
    ...(model !== undefined && { model }),
    messages: [],
    ...(texts.length > 0 && { parameters: { input: texts } }),
    usage: usageOf({ input_tokens: attributes.number('llm.token_count.prompt') }),
  };
}

function messagesOf(attributes: Attributes): JsonObject[] {
  const messages = attributes.nestedObjects('llm.input_messages').flatMap(toMessages);
  if (messages.length > 0) return messages;
  const input = attributes.json('input.value');
  if (isObject(input) && Array.isArray(input.messages)) return input.messages.filter(isObject);
  return typeof input === 'string' ? [{ role: 'user', content: input }] : [];
}

function replyOf(attributes: Attributes, served: string | undefined): Reply {
  const [message, ...others] = attributes.nestedObjects('llm.output_messages').flatMap(toMessages);
  const text = attributes.text('output.mime_type') === 'text/plain' && attributes.text('output.value');
  const output = attributes.json('output.value');
  const id = textOf(output, 'id');
  const model = textOf(output, 'model') ?? served;
  const said = message ?? (text ? { role: 'assistant', content: text } : undefined);
  return {
    ...(id !== undefined && { id }),
    ...(model !== undefined && { model }),
    ...(said !== undefined && { message: said }),
    ...(others.length > 0 && { other_choices: others }),
    ...finishReason(attributes.text('llm.finish_reason')),
  };
}

/** `{ message: { role, content, contents: [{ message_content }], tool_calls: [{ tool_call }] } }` as a chat message. */
function toMessages({ message }: JsonObject): JsonObject[] {
  if (!isObject(message)) return [];
  const { content, contents, tool_calls: calls, tool_call_id: id } = message;
  const role = textOf(message, 'role') ?? 'assistant';
  if (role === 'tool' && typeof id === 'string') return [{ role, tool_call_id: id, content: content ?? '' }];
  const parts = [
    ...(typeof content === 'string' ? [{ type: 'text', text: content } as const] : []),
    ...listOf(contents, 'message_content').map(toPart),
    ...listOf(calls, 'tool_call').map(toCallPart),
  ];
  return toChatMessages(role, parts, textOf(message, 'name'));
}

function listOf(value: JsonValue | undefined, field: string): JsonObject[] {
  if (!Array.isArray(value)) return [];
  return value.map((one) => (isObject(one) ? (one[field] ?? null) : null)).filter(isObject);
}

function toPart(given: JsonObject): Part {
  const text = textOf(given, 'text');
  const { image } = given;
  const url = isObject(image) ? textOf(image.image, 'url') : undefined;
  if (url !== undefined) return { type: 'other', given: { type: 'image_url', image_url: { url } } };
  if (text !== undefined && given.type === 'reasoning') return { type: 'reasoning', text };
  return text === undefined ? { type: 'other', given } : { type: 'text', text };
}

function toCallPart(call: JsonObject): Part {
  const { function: called } = call;
  return {
    type: 'tool-call',
    id: textOf(call, 'id'),
    name: textOf(called, 'name') ?? '',
    arguments: isObject(called) ? called.arguments : undefined,
  };
}
