import type { ChatMessageParam } from '@pd/llm-client';

/** How much of a message can be found by its words, in UTF-16 units. */
const LONGEST = 100_000;

/** What a person would read in a message: its text, its refusal, and what it gives to tools. Broken texts are mended. */
export function messageText(message: ChatMessageParam): string {
  const texts: string[] = [];
  let length = 0;
  const add = (text: unknown) => {
    if (typeof text !== 'string' || text === '' || length > LONGEST) return;
    texts.push(text);
    length += text.length;
  };
  if (Array.isArray(message.content)) {
    for (const part of message.content) {
      if (part?.type === 'text') add(part.text);
      else if (part?.type === 'refusal') add(part.refusal);
    }
  } else add(message.content);
  if (message.role === 'assistant') {
    add(message.refusal);
    for (const call of Array.isArray(message.tool_calls) ? message.tool_calls : [])
      if (call?.type === 'function') add(call.function?.arguments);
  }
  return texts.join('\n').slice(0, LONGEST).toWellFormed().replaceAll('\0', ' ');
}
