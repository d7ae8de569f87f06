import type { StoredMessage } from './stored-message.ts';

/** What a window may hold. */
export interface WindowLimits {
  messages: number;
  tokens: number;
  tokensOf: (message: StoredMessage) => number;
}

/**
 * The pinned messages, and of the others the newest without a gap that still fit beside them, in order. Pinned ones
 * stay even where they alone are too many.
 *
 * @param pinned in any order
 * @param newestFirst messages of the conversation, read only as far as they are wanted; pinned ones are passed over
 */
export async function chooseWindow(
  pinned: readonly StoredMessage[],
  newestFirst: AsyncIterable<StoredMessage>,
  { messages, tokens, tokensOf }: WindowLimits,
): Promise<StoredMessage[]> {
  const kept = new Set(pinned.map((message) => message.id));
  let roomForMessages = messages - pinned.length;
  let roomForTokens = tokens;
  if (tokens !== Number.POSITIVE_INFINITY) for (const message of pinned) roomForTokens -= tokensOf(message);
  const newest: StoredMessage[] = [];
  if (roomForMessages > 0 && roomForTokens > 0) {
    for await (const message of newestFirst) {
      if (kept.has(message.id)) continue;
      if (tokens !== Number.POSITIVE_INFINITY) roomForTokens -= tokensOf(message);
      if (roomForTokens < 0) break;
      newest.push(message);
      roomForMessages -= 1;
      if (roomForMessages === 0) break;
    }
  }
  return [...pinned, ...withoutOrphans(newest.reverse())].sort((a, b) => a.position - b.position);
}

/** A tool's result without the call before it is refused by every provider. Only the beginning can have one. */
function withoutOrphans(messages: StoredMessage[]): StoredMessage[] {
  const first = messages.findIndex(({ message }) => message.role !== 'tool' && message.role !== 'function');
  return first === -1 ? [] : messages.slice(first);
}
