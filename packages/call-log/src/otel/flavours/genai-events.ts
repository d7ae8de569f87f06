import type { JsonObject, JsonValue } from '../../schema/json.ts';
import { Attributes, isObject, parsed } from '../attributes.ts';
import type { Span } from '../span.ts';

/** What the span events of the conventions up to 1.36 say; those that went out as log records cannot be seen here. */
export interface MessageEvents {
  messages: JsonObject[];
  /** With their `finish_reason`. */
  choices: JsonObject[];
}

const roles: ReadonlyMap<string, string> = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
]);

/** Reads `gen_ai.<role>.message` and `gen_ai.choice`, and before them `gen_ai.content.prompt` and `.completion`. */
export function readMessageEvents(span: Span): MessageEvents {
  const messages: JsonObject[] = [];
  const choices: JsonObject[] = [];
  for (const { name, attributes } of span.events) {
    const role = roles.get(name);
    if (role !== undefined) messages.push(toMessage(role, bodyOf(attributes)));
    else if (name === 'gen_ai.choice') choices.push(toChoice(bodyOf(attributes)));
    else if (name === 'gen_ai.content.prompt')
      messages.push(...new Attributes(attributes).objects('gen_ai.prompt'));
    else if (name === 'gen_ai.content.completion')
      choices.push(...new Attributes(attributes).objects('gen_ai.completion'));
    else if (name === 'gen_ai.client.inference.operation.details') {
      const details = new Attributes(attributes);
      messages.push(...details.objects('gen_ai.input.messages'));
      choices.push(...details.objects('gen_ai.output.messages'));
    }
  }
  return { messages, choices };
}

/** The event's body: its attributes, or one attribute that holds them as JSON. */
function bodyOf(attributes: { [name: string]: JsonValue }): JsonObject {
  const content = new Attributes(attributes).json('gen_ai.event.content');
  return isObject(content) ? content : attributes;
}

function toMessage(role: string, body: JsonObject): JsonObject {
  const { role: given, id, content, tool_calls: calls, name } = body;
  return {
    role: typeof given === 'string' ? given : role,
    ...(name !== undefined && { name }),
    ...(role === 'tool' && id !== undefined && { tool_call_id: id }),
    content: content ?? null,
    ...(calls !== undefined && { tool_calls: parsed(calls) }),
  };
}

function toChoice(body: JsonObject): JsonObject {
  const message = parsed(body.message ?? null);
  const { finish_reason: reason } = body;
  return {
    ...toMessage('assistant', isObject(message) ? message : body),
    ...(reason !== undefined && { finish_reason: reason }),
  };
}
