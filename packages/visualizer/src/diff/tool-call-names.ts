import type { ChatMessage, JsonObject, JsonValue } from '@pd/call-log/schema';

/** Fields in which a tool's answer, or a call of the Responses API, names the tool call. */
const REFERENCES = ['tool_call_id', 'tool_use_id', 'call_id'] as const;
/** What a tool call is called in the chat, the Responses and Anthropic's API. */
const TOOL_CALLS: ReadonlySet<unknown> = new Set([
  'function',
  'custom',
  'function_call',
  'custom_tool_call',
  'tool_use',
]);

/**
 * The names of a run's tool calls. A provider draws their ids at random, so that two executions of the same run never
 * have the same; here a call is named by which of its message's calls it is, and an answer by the call it answers.
 */
export class ToolCallNames {
  readonly #names = new Map<string, string>();

  /** The message with names for ids; the message itself when it has none. */
  rename(message: ChatMessage): ChatMessage {
    if (typeof message.content === 'string' && message.tool_calls === undefined && !hasReference(message))
      return message;
    let calls = 0;
    const rename = (value: JsonValue): JsonValue => {
      if (Array.isArray(value)) return value.map(rename);
      if (typeof value !== 'object' || value === null) return value;
      const renamed: JsonObject = Object.fromEntries(
        Object.entries(value).map(([key, field]) => [key, rename(field)]),
      );
      if (TOOL_CALLS.has(value.type)) {
        const name = `call ${++calls}`;
        for (const field of ['id', 'call_id']) {
          const id = value[field];
          if (typeof id !== 'string') continue;
          this.#names.set(id, name);
          renamed[field] = name;
        }
        return renamed;
      }
      for (const field of REFERENCES) {
        const id = value[field];
        const name = typeof id === 'string' ? this.#names.get(id) : undefined;
        if (name !== undefined) renamed[field] = name;
      }
      return renamed;
    };
    // Only what is no text: the arguments and results of tools are what they are.
    return rename(message) as ChatMessage;
  }
}

function hasReference(message: ChatMessage): boolean {
  return REFERENCES.some((field) => Object.hasOwn(message, field)) || TOOL_CALLS.has(message.type);
}
