import type { ChatMessageParam } from '@pd/llm-client';

/** Something that somebody else has said, as an agent is shown it. */
export function toUserLine({ from, content }: { from: string; content: string }): ChatMessageParam {
  // What the API takes as a name: https://platform.openai.com/docs/api-reference/chat/create
  const name = from.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64) || '_';
  return { role: 'user', name, content };
}
