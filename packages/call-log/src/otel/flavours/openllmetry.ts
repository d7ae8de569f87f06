import type { AgentRef, Operation } from '../../schema/common.ts';
import type { JsonObject } from '../../schema/json.ts';
import { type Attributes, parsed, textOf } from '../attributes.ts';
import { toToolCall } from '../chat-messages.ts';
import { finishReason } from '../finish-reason.ts';
import type { CallReading, Reading } from '../reading.ts';
import type { Span } from '../span.ts';
import type { Flavour } from './flavour.ts';
import { genai, genaiAgent, genaiCall } from './genai.ts';

const operations: ReadonlyMap<string, Operation> = new Map([
  ['chat', 'chat'],
  ['completion', 'chat'],
  ['embedding', 'embeddings'],
]);

/**
 * OpenLLMetry (traceloop) before it wrote messages as one attribute: `gen_ai.prompt.0.content`. Its newer spans have
 * `gen_ai.operation.name` as well and lack nothing that is looked for here.
 *
 * @see https://github.com/traceloop/openllmetry-js
 */
export const openllmetry: Flavour = {
  name: 'OpenLLMetry',
  ignored: [...genai.ignored, 'llm.usage.', 'llm.request.'],
  knows: (attributes) =>
    attributes.text('traceloop.span.kind', 'llm.request.type') !== undefined ||
    attributes.names.some((name) => name.startsWith('gen_ai.prompt.0.')),
  read(attributes, span): Reading | undefined {
    const kind = attributes.text('traceloop.span.kind');
    const name = attributes.text('traceloop.entity.name');
    if (kind === 'agent') {
      const agent: AgentRef | undefined =
        genaiAgent(attributes) ?? (name === undefined ? undefined : { id: name });
      return { kind: 'agent', ...(agent !== undefined && { agent }) };
    }
    if (kind === 'tool') return toolOf(attributes, name ?? span.name);
    const operation = operations.get(attributes.text('llm.request.type') ?? '');
    const hasMessages = attributes.names.some((one) => one.startsWith('gen_ai.prompt.0.'));
    if (operation === undefined && !hasMessages) return genai.read(attributes, span);
    return callOf(attributes, span, operation ?? 'chat');
  },
};

function toolOf(attributes: Attributes, name: string): Reading {
  const given = attributes.json('traceloop.entity.input');
  const result = attributes.json('traceloop.entity.output');
  return {
    kind: 'tool',
    name,
    ...(given !== undefined && { arguments: given }),
    ...(result !== undefined && { result }),
  };
}

function callOf(attributes: Attributes, span: Span, operation: Operation): CallReading {
  const call = genaiCall(attributes, span, operation);
  const messages = attributes.nestedObjects('gen_ai.prompt').map(toMessage);
  const replies = attributes.nestedObjects('gen_ai.completion');
  const [message, ...others] = replies.map(toMessage);
  const functions = attributes.nestedObjects('llm.request.functions');
  const agent = genaiAgent(attributes);
  return {
    ...call,
    ...(agent !== undefined && { agent }),
    ...(messages.length > 0 && { messages }),
    ...(functions.length > 0 && { tools: functions.map(toTool) }),
    reply: {
      ...finishReason(textOf(replies[0], 'finish_reason')),
      ...call.reply,
      ...(message !== undefined && { message }),
      ...(others.length > 0 && { other_choices: others }),
    },
  };
}

/** The parameters' schema is JSON text, in JavaScript's versions under the name `arguments`. */
function toTool({ arguments: given = null, parameters = given, ...rest }: JsonObject): JsonObject {
  return { type: 'function', function: { ...rest, parameters: parsed(parameters) } };
}

function toMessage({ finish_reason: _reason, tool_calls: calls, ...message }: JsonObject): JsonObject {
  if (!Array.isArray(calls)) return message;
  const toolCalls = calls.map((call) =>
    toToolCall(textOf(call, 'id'), textOf(call, 'name') ?? '', textOf(call, 'arguments')),
  );
  return { content: null, ...message, tool_calls: toolCalls };
}
