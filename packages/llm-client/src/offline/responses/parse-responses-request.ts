import { badRequest } from '../api-error.ts';
import { type ChatMessage, type ChatRequest, toSchema } from '../chat-request.ts';
import { isBoolean, isIntegerIn, isString, modelOf, optional, wrongType } from '../checks.ts';
import { type Fields, isFields } from '../fields.ts';
import { parseContent } from '../parse-messages.ts';
import { parseOffer } from '../tools/parse-offer.ts';

/** A request of the Responses API, as the same request for a chat completion would be. */
export interface ResponsesRequest {
  chat: ChatRequest;
  /** The messages that are new, without the instructions, which belong to one request only. */
  input: readonly ChatMessage[];
  instructions: string | undefined;
  previousId: string | undefined;
  /** Whether a later request may refer to this one. */
  store: boolean;
}

/**
 * Checks a parsed body and takes out what is needed. Throws a 400 that names the parameter at fault.
 *
 * @param recall the messages up to an earlier response, by its id
 * @see https://platform.openai.com/docs/api-reference/responses/create (read November 2026)
 */
export function parseResponsesRequest(
  body: unknown,
  recall: (id: string) => readonly ChatMessage[],
): ResponsesRequest {
  if (!isFields(body)) throw badRequest('The request body must be a JSON object.', null);
  const model = modelOf(body);
  const instructions = optional(body, 'instructions', 'a string', isString);
  const previousId = optional(body, 'previous_response_id', 'a string', isString);
  const input = parseInput(body.input);
  const system = instructions === undefined ? [] : [message('system', instructions)];
  return {
    chat: {
      model,
      messages: [...system, ...(previousId === undefined ? [] : recall(previousId)), ...input],
      stream: optional(body, 'stream', 'a boolean', isBoolean) ?? false,
      includeUsage: true,
      n: 1,
      maxTokens: optional(
        body,
        'max_output_tokens',
        'an integer from 16',
        isIntegerIn(16, Number.MAX_SAFE_INTEGER),
      ),
      stop: [],
      seed: undefined,
      ...parseFormat(body),
      tools: parseOffer(body),
    },
    input,
    instructions,
    previousId,
    store: optional(body, 'store', 'a boolean', isBoolean) ?? true,
  };
}

function parseFormat(body: Fields): { json: boolean; schema: unknown } {
  const format = optional(body, 'text', 'an object', isFields)?.format;
  if (!isFields(format) || format.type !== 'json_schema')
    return { json: isFields(format) && format.type === 'json_object', schema: undefined };
  return { json: false, schema: toSchema(format, 'text.format') };
}

function parseInput(input: unknown): ChatMessage[] {
  if (typeof input === 'string') return [message('user', input)];
  if (!Array.isArray(input)) throw wrongType('input', 'a string or an array of items', input);
  return input.flatMap((item: unknown, index) => parseItem(item, `input[${index}]`));
}

function parseItem(item: unknown, path: string): ChatMessage[] {
  if (!isFields(item)) throw wrongType(path, 'an object', item);
  const { type = 'message', call_id, name } = item;
  switch (type) {
    case 'message':
      if (typeof item.role !== 'string') throw wrongType(`${path}.role`, 'a string', item.role);
      return [message(item.role, parseContent(item.content, `${path}.content`))];
    case 'function_call': {
      const call = { id: String(call_id), name: String(name), arguments: String(item.arguments ?? '') };
      return [{ ...message('assistant', ''), toolCalls: [call] }];
    }
    case 'function_call_output': {
      const text = typeof item.output === 'string' ? item.output : JSON.stringify(item.output ?? '');
      return [{ ...message('tool', text), toolCallId: String(call_id) }];
    }
    default:
      // Reasoning, references and the provider's own tools say nothing to a stand-in.
      return [];
  }
}

function message(role: string, text: string): ChatMessage {
  return { role, text, name: undefined };
}
