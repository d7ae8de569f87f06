import { readRequest } from '../openai-wire/read-request.ts';
import { isObject, textOf } from '../otel/attributes.ts';
import type { CallReading } from '../otel/reading.ts';
import { usageOf } from '../otel/usage.ts';
import { ChatReply } from '../record-openai/chat-reply.ts';
import type { ReplyReader } from '../record-openai/reply-reader.ts';
import { ResponsesReply } from '../record-openai/responses-reply.ts';
import type { JsonObject, JsonValue } from '../schema/json.ts';

/** A call of a chat model: request and reply as they were sent, as far as the SDK keeps them. */
export function readGeneration(data: JsonObject, provider: string | undefined): CallReading {
  const model = textOf(data, 'model');
  const { model_config: config } = data;
  const { base_url: _url, ...parameters } = isObject(config) ? config : {};
  const [output] = listOf(data.output);
  // Models of other makers put a message there instead of a completion.
  const whole = output !== undefined && Array.isArray(output.choices);
  const message = output !== undefined && !whole && textOf(output, 'role') !== undefined ? output : undefined;
  return {
    kind: 'call',
    operation: 'chat',
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
    messages: listOf(data.input),
    parameters,
    ...(message !== undefined && { reply: { message } }),
    usage: generationUsage(data.usage),
    ...(whole && repliedBy(new ChatReply(), output)),
  };
}

/** A call of the Responses API; the request is what the SDK keeps of it and what the response repeats. */
export function readResponse(data: JsonObject, provider: string | undefined): CallReading {
  const { _input: input = null, _response: response } = data;
  if (!isObject(response)) {
    const { messages } = readRequest('responses', { input });
    return { ...emptyResponse(provider), messages: messages as JsonObject[] };
  }
  const { instructions = null, tools = null, temperature, top_p, max_output_tokens, tool_choice } = response;
  const {
    model,
    messages,
    tools: given,
  } = readRequest('responses', {
    input,
    instructions,
    tools,
    model: response.model,
  });
  const parameters = Object.entries({ temperature, top_p, max_output_tokens, tool_choice }).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return {
    ...emptyResponse(provider),
    model,
    messages: messages as JsonObject[],
    parameters: Object.fromEntries(parameters) as JsonObject,
    ...(given !== undefined && given.length > 0 && { tools: given as JsonObject[] }),
    ...repliedBy(new ResponsesReply(), { object: 'response', ...response }),
  };
}

function emptyResponse(provider: string | undefined) {
  return { kind: 'call', operation: 'responses', ...(provider !== undefined && { provider }) } as const;
}

/** What the reader of recorded replies makes of this one. */
function repliedBy(reader: ReplyReader, value: object): Pick<CallReading, 'reply' | 'usage' | 'ending'> {
  reader.push(value);
  const { reply, usage, status } = reader.outcome();
  return { reply, usage, ...(status !== 'ok' && { ending: status }) };
}

function generationUsage(usage: JsonValue | undefined) {
  const count = (field: string) => {
    const value = isObject(usage) ? usage[field] : undefined;
    return typeof value === 'number' ? value : undefined;
  };
  return usageOf({ input_tokens: count('input_tokens'), output_tokens: count('output_tokens') });
}

function listOf(value: JsonValue | undefined): JsonObject[] {
  return (Array.isArray(value) ? value : []).filter(isObject);
}
