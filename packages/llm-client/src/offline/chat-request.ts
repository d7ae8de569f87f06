import { badRequest } from './api-error.ts';

/** A chat message with its content flattened to text. */
export interface ChatMessage {
  role: string;
  /** The content; text parts are joined, other parts count as nothing, absent content is the empty string. */
  text: string;
  name: string | undefined;
}

/** What the server understands of a chat completion request; everything else is accepted and ignored. */
export interface ChatRequest {
  model: string;
  messages: ChatMessage[];
  stream: boolean;
  includeUsage: boolean;
  n: number;
  maxTokens: number | undefined;
  stop: string[];
  seed: number | undefined;
  json: boolean;
}

type Fields = Record<string, unknown>;

const roles = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);

/** Checks a parsed body and takes out what is needed. Throws a 400 that names the parameter at fault. */
export function parseChatRequest(body: unknown): ChatRequest {
  if (!isFields(body)) throw badRequest('The request body must be a JSON object.', null);
  const { model } = body;
  if (model === undefined || model === null) throw badRequest('You must provide a model parameter.', 'model');
  if (typeof model !== 'string') throw wrongType('model', 'a string', model);
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
    json: parseResponseFormat(body),
  };
}

function parseMessages(messages: unknown): ChatMessage[] {
  if (messages === undefined) throw badRequest("Missing required parameter: 'messages'.", 'messages');
  if (!Array.isArray(messages)) throw wrongType('messages', 'an array of objects', messages);
  return messages.map((message: unknown, index) => parseMessage(message, `messages[${index}]`));
}

function parseMessage(message: unknown, path: string): ChatMessage {
  if (!isFields(message)) throw wrongType(path, 'an object', message);
  const { role, name, content } = message;
  if (role === undefined) throw badRequest(`Missing required parameter: '${path}.role'.`, `${path}.role`);
  if (typeof role !== 'string' || !roles.has(role)) {
    throw wrongType(`${path}.role`, `one of ${[...roles].join(', ')}`, role);
  }
  if ((content === undefined || content === null) && role !== 'assistant' && role !== 'function') {
    throw wrongType(`${path}.content`, 'a string or an array of parts', content);
  }
  return {
    role,
    text: parseContent(content, `${path}.content`),
    name: typeof name === 'string' ? name : undefined,
  };
}

function parseContent(content: unknown, path: string): string {
  if (content === undefined || content === null) return '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) throw wrongType(path, 'a string or an array of parts', content);
  return content
    .map((part: unknown, index) => {
      if (!isFields(part)) throw wrongType(`${path}[${index}]`, 'an object', part);
      if (part.type !== 'text') return '';
      if (typeof part.text !== 'string') throw wrongType(`${path}[${index}].text`, 'a string', part.text);
      return part.text;
    })
    .join('');
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

function parseResponseFormat(body: Fields): boolean {
  const format = optional(body, 'response_format', 'an object', isFields);
  if (format?.type === 'json_schema') {
    const message = "The offline stand-in cannot follow a schema: it supports 'text' and 'json_object' only.";
    throw badRequest(message, 'response_format', 'unsupported_value');
  }
  return format?.type === 'json_object';
}

/** A field that may be absent or `null`, as OpenAI treats all optional ones. */
function optional<T>(
  fields: Fields,
  key: string,
  expected: string,
  is: (value: unknown) => value is T,
  prefix = '',
): T | undefined {
  const value = fields[key];
  if (value === undefined || value === null) return undefined;
  if (!is(value)) throw wrongType(prefix + key, expected, value);
  return value;
}

function wrongType(param: string, expected: string, value: unknown) {
  const got = value === null ? 'null' : Array.isArray(value) ? 'an array' : `${typeof value}`;
  const shown = typeof value === 'number' || typeof value === 'boolean' ? `${got} ${value}` : got;
  return badRequest(`Invalid '${param}': expected ${expected}, but got ${shown}.`, param, 'invalid_value');
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isStop(value: unknown): value is string | string[] {
  if (typeof value === 'string') return true;
  return Array.isArray(value) && value.length <= 4 && value.every((item) => typeof item === 'string');
}

function isIntegerIn(from: number, to: number) {
  return (value: unknown): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
}
