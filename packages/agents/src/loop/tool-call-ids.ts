import type { ChatResult } from '@pd/llm-client';

/**
 * The reply with an id for each of its tool calls. Some servers give none, or one for all, and results that say the same id
 * cannot be told apart.
 */
export function withToolCallIds(reply: ChatResult): ChatResult {
  const { toolCalls, message } = reply;
  const ids = new Set(toolCalls.map(({ id }) => id));
  if (ids.size === toolCalls.length && !ids.has('')) return reply;
  const idAt = (position: number) => `call_${position}`;
  return {
    ...reply,
    toolCalls: toolCalls.map((call, i) => ({ ...call, id: idAt(i) })),
    message: {
      ...message,
      tool_calls: (message.tool_calls ?? []).map((call, i) => ({ ...call, id: idAt(i) })),
    },
  };
}
