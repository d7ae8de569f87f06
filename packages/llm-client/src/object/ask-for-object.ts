import type { ChatMessageParam, ChatRequest } from '../chat-request.ts';
import type { ObjectMode, ObjectRequest } from './object-request.ts';
import { toStrictSchema } from './to-strict-schema.ts';
import type { WireSchema } from './wire-schema.ts';

/** The chat completion that asks for an object, in the way its provider understands. */
export function askForObject(request: ObjectRequest, { json }: WireSchema, mode: ObjectMode): ChatRequest {
  const { schema: _, name = 'result', description, mode: __, strict, maxRepairs: ___, ...chat } = request;
  const about = { name, ...(description !== undefined && { description }) };
  if (mode === 'tool') {
    return {
      ...chat,
      tools: [{ type: 'function', function: { ...about, parameters: json } }],
      tool_choice: { type: 'function', function: { name } },
    };
  }
  if (mode === 'prompt') {
    return {
      ...chat,
      messages: withInstruction(chat.messages, instruction(JSON.stringify(json), description)),
    };
  }
  const narrow = strict === false ? undefined : toStrictSchema(json);
  return {
    ...chat,
    response_format: {
      type: 'json_schema',
      json_schema: { ...about, schema: narrow ?? json, strict: strict ?? narrow !== undefined },
    },
  };
}

function instruction(schema: string, description: string | undefined): string {
  const what = description === undefined ? 'a JSON object' : `a JSON object (${description})`;
  return `Answer with ${what} that follows this JSON Schema, and with nothing else: no prose, no code fence.\n${schema}`;
}

/** At the end of the system prompt, where there is one of text; else before everything. */
function withInstruction(messages: ChatMessageParam[], text: string): ChatMessageParam[] {
  const [first, ...rest] = messages;
  const isSystem = first?.role === 'system' || first?.role === 'developer';
  if (isSystem && typeof first.content === 'string')
    return [{ ...first, content: `${first.content}\n\n${text}` }, ...rest];
  return [{ role: 'system', content: text }, ...messages];
}
