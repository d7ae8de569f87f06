import { badRequest } from './api-error.ts';
import { isBoolean, isIntegerIn, modelOf, optional } from './checks.ts';
import { type Fields, isFields } from './fields.ts';
import { parseMessages } from './parse-messages.ts';
import { parseOffer } from './tools/parse-offer.ts';
import type { ToolCall, ToolOffer } from './tools/tool.ts';

/** A chat message with its content flattened to text. */
export interface ChatMessage {
  role: string;
  /** The content; text parts are joined, other parts count as nothing, absent content is the empty string. */
  text: string;
  name: string | undefined;
  /** What an assistant has called. */
  toolCalls?: readonly ToolCall[];
  /** The call that a tool's message answers. */
  toolCallId?: string;
}

/** What the server understands of a request; everything else is accepted and ignored. */
export interface ChatRequest {
  model: string;
  messages: ChatMessage[];
  stream: boolean;
  includeUsage: boolean;
  n: number;
  maxTokens: number | undefined;
  stop: string[];
  seed: number | undefined;
  /** Whether any JSON object is asked for. */
  json: boolean;
  /** The JSON schema that is asked for. */
  schema: unknown;
  tools: ToolOffer;
}

/** Checks a parsed body and takes out what is needed. Throws a 400 that names the parameter at fault. */
export function parseChatRequest(body: unknown): ChatRequest {
  if (!isFields(body)) throw badRequest('The request body must be a JSON object.', null);
  const model = modelOf(body);
  const stream = optional(body, 'stream', 'a boolean', isBoolean) ?? false;
  return {
    model,
    messages: parseMessages(body.messages),
    stream,
    includeUsage: parseIncludeUsage(body, stream),
    n: optional(body, 'n', 'an integer from 1 to 128', isIntegerIn(1, 128)) ?? 1,
    maxTokens: parseMaxTokens(body),
    stop: parseStop(body),
    seed: optional(body, 'seed', 'an integer', isIntegerIn(-(2 ** 63), 2 ** 63)),
    ...parseResponseFormat(body),
    tools: parseOffer(body),
  };
}

function parseIncludeUsage(body: Fields, stream: boolean): boolean {
  const options = optional(body, 'stream_options', 'an object', isFields);
  if (options === undefined) return false;
  if (!stream) {
    throw badRequest(
      "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
      'stream_options',
    );
  }
  return optional(options, 'include_usage', 'a boolean', isBoolean, 'stream_options.') ?? false;
}

function parseMaxTokens(body: Fields): number | undefined {
  const positive = isIntegerIn(1, Number.MAX_SAFE_INTEGER);
  const older = optional(body, 'max_tokens', 'a positive integer', positive);
  const newer = optional(body, 'max_completion_tokens', 'a positive integer', positive);
  if (older !== undefined && newer !== undefined) {
    const message = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.";
    throw badRequest(message, 'max_tokens');
  }
  return newer ?? older;
}

function parseStop(body: Fields): string[] {
  const stop = optional(body, 'stop', 'a string or an array of up to 4 strings', isStop);
  return typeof stop === 'string' ? [stop] : (stop ?? []);
}

function parseResponseFormat(body: Fields): { json: boolean; schema: unknown } {
  const format = optional(body, 'response_format', 'an object', isFields);
  if (format?.type !== 'json_schema') return { json: format?.type === 'json_object', schema: undefined };
  return { json: false, schema: toSchema(format.json_schema, 'response_format') };
}

/** The schema of a format. Throws a 400 when there is none in it. */
export function toSchema(format: unknown, param: string): Fields {
  const schema = isFields(format) ? format.schema : undefined;
  if (isFields(schema)) return schema;
  throw badRequest(
    `Invalid '${param}': a format of type 'json_schema' needs a schema.`,
    param,
    'invalid_value',
  );
}

function isStop(value: unknown): value is string | string[] {
  if (typeof value === 'string') return true;
  return Array.isArray(value) && value.length <= 4 && value.every((item) => typeof item === 'string');
}
