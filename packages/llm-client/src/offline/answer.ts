import { badRequest } from './api-error.ts';
import type { ChatMessage, ChatRequest } from './chat-request.ts';
import { composeReply } from './compose.ts';
import { followShape } from './instructions/follow-shape.ts';
import { shapeOf } from './instructions/shape.ts';
import { generateValue } from './schema/generate-value.ts';
import { schemaInPrompt } from './schema/schema-in-prompt.ts';
import { callTools } from './tools/call-tools.ts';
import { tellResults } from './tools/tell-results.ts';
import type { ToolCall } from './tools/tool.ts';

/** What the stand-in answers: words, or tools to be called first. */
export interface Answer {
  text: string;
  toolCalls: readonly ToolCall[];
}

/**
 * Follows what it recognises, in this order: tools that the request calls for, a schema, what tools have found out, a
 * form (sentences, words, lists, plans); and speaks in its own voice otherwise. A pure function of the request and
 * `seeds`.
 *
 * @throws ApiError 400 for a schema that cannot be followed
 */
export function answer(request: ChatRequest, seeds: readonly string[]): Answer {
  const { messages, tools, schema, json } = request;
  const toolCalls = callTools(messages, tools, seeds);
  if (toolCalls.length > 0) return { text: '', toolCalls };
  const wanted = schema ?? schemaInPrompt(messages);
  if (wanted !== undefined) return inWords(followSchema(wanted, messages, seeds));
  const text = inForm(messages, seeds);
  return inWords(json ? JSON.stringify({ reply: text }) : text);
}

function inWords(text: string): Answer {
  return { text, toolCalls: [] };
}

function inForm(messages: readonly ChatMessage[], seeds: readonly string[]): string {
  const results = tellResults(messages);
  const shape = shapeOf(messages);
  // A plan or a list has been asked of the tools' answers, too, but is not made of them.
  const isText = shape?.type === 'sentences' || shape?.type === 'words';
  if (shape !== undefined && (results === undefined || isText))
    return followShape(shape, messages, seeds, results);
  return results ?? composeReply(messages, seeds);
}

function followSchema(schema: unknown, messages: readonly ChatMessage[], seeds: readonly string[]): string {
  const made = generateValue(schema, messages, seeds);
  if ('value' in made) return JSON.stringify(made.value);
  const message = `The offline stand-in cannot follow this schema: ${made.problem}.`;
  throw badRequest(message, 'response_format', 'unsupported_schema');
}
