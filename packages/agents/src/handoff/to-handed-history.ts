import type { ChatMessageParam } from '@pd/llm-client';
import type { Handoff } from './handoff.ts';

/**
 * The conversation as the next agent is shown it, the note last. System messages belong to the agent that hands over, and so do
 * calls of its tools.
 *
 * @param before the conversation before the message that is answered
 */
export async function toHandedHistory(
  before: readonly ChatMessageParam[],
  { note, history }: Handoff,
  from: string,
): Promise<ChatMessageParam[]> {
  const said = before.filter(
    (message) =>
      message.role === 'user' || (message.role === 'assistant' && (message.tool_calls?.length ?? 0) === 0),
  );
  const handed =
    history === 'all'
      ? said
      : history === 'none'
        ? []
        : typeof history === 'function'
          ? await history(said)
          : said.slice(-history.last);
  // Of the user: a model has written the note, and it is no instruction of the program's.
  return [...handed, { role: 'user', content: `[Handed over by ${from}: ${note}]` }];
}
