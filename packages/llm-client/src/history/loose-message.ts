/** A chat message as it may come from anywhere: nothing about it is certain. */
export interface LooseMessage {
  role?: unknown;
  content?: unknown;
  name?: unknown;
  refusal?: unknown;
  prefix?: unknown;
  tool_calls?: unknown;
  tool_call_id?: unknown;
}

/** A tool call as it may come from anywhere. */
export interface LooseToolCall {
  id?: unknown;
  function?: { name?: unknown; arguments?: unknown } | null;
}

/** Whether it is a message at all. */
export function isMessage(value: unknown): value is LooseMessage & { role: string } {
  return typeof value === 'object' && value !== null && 'role' in value && typeof value.role === 'string';
}

/** The tool calls of a message; none for one that cannot have any. */
export function toolCallsOf(message: LooseMessage): LooseToolCall[] {
  if (message.role !== 'assistant' || !Array.isArray(message.tool_calls)) return [];
  return message.tool_calls.filter((call) => typeof call === 'object' && call !== null);
}

/** The id in a tool call or a tool message; empty when there is none. */
export function idText(id: unknown): string {
  return typeof id === 'string' ? id : '';
}

/** `system`, or what OpenAI calls it now. */
export function isSystem({ role }: LooseMessage): boolean {
  return role === 'system' || role === 'developer';
}
