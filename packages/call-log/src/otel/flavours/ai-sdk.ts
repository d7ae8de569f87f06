import type { AgentRef, Operation, Reply } from '../../schema/common.ts';
import type { JsonObject, JsonValue } from '../../schema/json.ts';
import { type Attributes, isObject, textOf } from '../attributes.ts';
import { type Part, toChatMessages, toToolCall } from '../chat-messages.ts';
import { finishReason } from '../finish-reason.ts';
import type { CallReading, Reading } from '../reading.ts';
import { usageOf } from '../usage.ts';
import type { Flavour } from './flavour.ts';
import { messagesIn, parametersOf } from './genai.ts';

const operations: ReadonlyMap<string, Operation> = new Map([
  ['doGenerate', 'chat'],
  ['doStream', 'chat'],
  ['doEmbed', 'embeddings'],
]);

/**
 * The AI SDK's own attributes: `experimental_telemetry` up to version 6, `LegacyOpenTelemetry` of `@ai-sdk/otel` since.
 * Only the inner spans (`ai.generateText.doGenerate`) ask a model; what is around them says for whom.
 *
 * @see https://ai-sdk.dev/docs/ai-sdk-core/telemetry
 */
export const aiSdk: Flavour = {
  name: 'AI SDK',
  ignored: ['ai.request.headers.', 'ai.usage.', 'ai.stream.', 'gen_ai.', 'operation.name', 'resource.name'],
  knows: (attributes) => attributes.text('ai.operationId') !== undefined,
  read(attributes): Reading | undefined {
    const id = attributes.text('ai.operationId') ?? '';
    const agent = agentOf(attributes);
    const named = agent !== undefined && { agent };
    if (id === 'ai.toolCall') return { ...toolOf(attributes), ...named };
    const operation = operations.get(id.split('.').at(-1) ?? '');
    if (operation !== undefined) return { ...callOf(attributes, operation), ...named };
    return { kind: 'agent', ...named };
  },
};

/** `functionId` is what the SDK offers to say who asks, unless the program has put an agent into its metadata. */
function agentOf(attributes: Attributes): AgentRef | undefined {
  const own = (...fields: string[]) =>
    attributes.text(
      ...fields.flatMap((field) => [`ai.telemetry.metadata.${field}`, `ai.settings.context.${field}`]),
    );
  const name = own('agentName', 'agent_name');
  const id = own('agentId', 'agent_id') ?? name ?? attributes.text('ai.telemetry.functionId');
  return id === undefined ? undefined : { id, ...(name !== undefined && { name }) };
}

function toolOf(attributes: Attributes): Reading {
  const toolCallId = attributes.text('ai.toolCall.id');
  const given = attributes.json('ai.toolCall.args');
  const result = attributes.json('ai.toolCall.result');
  return {
    kind: 'tool',
    name: attributes.text('ai.toolCall.name') ?? '',
    ...(toolCallId !== undefined && { toolCallId }),
    ...(given !== undefined && { arguments: given }),
    ...(result !== undefined && { result }),
  };
}

function callOf(attributes: Attributes, operation: Operation): CallReading {
  const provider = attributes.text('ai.model.provider', 'gen_ai.system');
  const model = attributes.text('ai.model.id', 'gen_ai.request.model');
  const tools = attributes.objects('ai.prompt.tools');
  const firstChunk = attributes.number('ai.response.msToFirstChunk', 'ai.stream.msToFirstChunk');
  return {
    kind: 'call',
    operation,
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
    messages: messagesIn(attributes, 'ai.prompt.messages', 'user').flatMap(toMessages),
    parameters: { ...parametersOf(attributes), ...settingsOf(attributes) },
    ...(tools.length > 0 && { tools }),
    reply: replyOf(attributes),
    usage: usageOf({
      input_tokens: attributes.number('ai.usage.inputTokens', 'ai.usage.promptTokens', 'ai.usage.tokens'),
      output_tokens: attributes.number('ai.usage.outputTokens', 'ai.usage.completionTokens'),
      cache_read_input_tokens: attributes.number(
        'ai.usage.inputTokenDetails.cacheReadTokens',
        'ai.usage.cachedInputTokens',
      ),
      cache_creation_input_tokens: attributes.number('ai.usage.inputTokenDetails.cacheWriteTokens'),
      reasoning_output_tokens: attributes.number(
        'ai.usage.outputTokenDetails.reasoningTokens',
        'ai.usage.reasoningTokens',
      ),
    }),
    ...(firstChunk !== undefined && { timeToFirstChunkMs: firstChunk }),
  };
}

function settingsOf(attributes: Attributes): JsonObject {
  const choice = attributes.json('ai.prompt.toolChoice');
  const input = attributes.json('ai.values', 'ai.value');
  return {
    ...(choice !== undefined && { tool_choice: choice }),
    ...(input !== undefined && { input: Array.isArray(input) ? input : [input] }),
  };
}

function replyOf(attributes: Attributes): Reply {
  const id = attributes.text('ai.response.id');
  const model = attributes.text('ai.response.model');
  const text = attributes.text('ai.response.text', 'ai.response.object');
  const reasoning = attributes.text('ai.response.reasoning');
  const calls = attributes
    .objects('ai.response.toolCalls')
    .map((call) =>
      toToolCall(textOf(call, 'toolCallId'), textOf(call, 'toolName') ?? '', call.input ?? call.args),
    );
  const said = text !== undefined || reasoning !== undefined || calls.length > 0;
  const message: JsonObject = {
    role: 'assistant',
    content: text ?? null,
    ...(reasoning !== undefined && { reasoning_content: reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  return {
    ...(id !== undefined && { id }),
    ...(model !== undefined && { model }),
    ...(said && { message }),
    ...finishReason(attributes.text('ai.response.finishReason')),
  };
}

function toMessages(message: JsonObject): JsonObject[] {
  const { content } = message;
  if (!Array.isArray(content)) return [message];
  return toChatMessages(textOf(message, 'role') ?? 'user', content.map(toPart));
}

function toPart(given: JsonValue): Part {
  if (!isObject(given)) return { type: 'other', given: { value: given } };
  const type = textOf(given, 'type');
  const text = textOf(given, 'text');
  const id = textOf(given, 'toolCallId');
  if ((type === 'text' || type === 'reasoning') && text !== undefined) return { type, text };
  if (type === 'tool-call')
    return {
      type,
      id,
      name: textOf(given, 'toolName') ?? '',
      arguments: given.input ?? given.args,
    };
  if (type === 'tool-result') {
    const output = given.output ?? given.result;
    const content = isObject(output) && Object.hasOwn(output, 'value') ? output.value : output;
    return { type, id, content, given };
  }
  return { type: 'other', given };
}
