import type { MemoryStore } from '../memory/memory-store.ts';
import type { StoredMessage } from '../memory/stored-message.ts';
import { countTokens } from './count-tokens.ts';
import { retryOnConflict } from './retry-on-conflict.ts';
import { firstPart, type Summariser, summarise } from './summarise.ts';

/** Said before a summary, so that the model does not take it for something that somebody has just said. */
export const SUMMARY_MARK = '[Summary of the conversation so far]';

/** How many old messages are looked at for one summary. */
const MOST_MESSAGES = 1_000;

/**
 * Puts a summary in the place of the oldest messages of a conversation that has outgrown its window, so that about half of the
 * window is free again. The summary says which messages it stands for; they stay readable in the store.
 *
 * @returns whether something was summed up; an agent that has done so in the meantime counts, too
 * @throws what the store and the model throw; nothing is changed then
 */
export async function rollSummary(
  memory: MemoryStore,
  session: string,
  summariser: Summariser,
): Promise<boolean> {
  const { signal, maxTokens } = summariser;
  const half = { tokens: Math.max(1, Math.floor(maxTokens / 2)), estimateTokens: countTokens, signal };
  const chosen = async () => {
    const { messages: kept, version } = await memory.window(session, half);
    const firstKept = kept.find(({ pinned }) => !pinned)?.position ?? Number.MAX_SAFE_INTEGER;
    const old = await memory.read(session, { to: firstKept - 1, limit: MOST_MESSAGES, signal });
    const unpinned = old.filter(({ pinned }) => !pinned);
    return { messages: withWholeExchanges(firstPart(unpinned, maxTokens), unpinned), version };
  };

  const { messages } = await chosen();
  const [first, last] = [messages[0], messages.at(-1)];
  if (first === undefined || last === undefined || messages.every(({ replaces }) => replaces)) return false;
  const { text, callId } = await summarise(messages, summariser);
  return retryOnConflict(async () => {
    // Others may have come in between; what they appended does not matter, what they summed up does.
    const version = (await memory.session(session, { signal }))?.version ?? 0;
    const range = { from: first.position, to: last.position };
    const there = (await memory.read(session, { ...range, limit: MOST_MESSAGES, signal })).filter(
      ({ pinned }) => !pinned,
    );
    if (there.length !== messages.length || there.some(({ id }, i) => id !== messages[i]?.id)) return true;
    await memory.replace(
      session,
      range,
      {
        // Of the user: it is made of what was said in the conversation, and is no instruction of the program's.
        message: { role: 'user', content: `${SUMMARY_MARK}\n${text}` },
        agentId: summariser.agent.id,
        metadata: { kind: 'summary', call_id: callId },
      },
      { expectedVersion: version, signal },
    );
    return true;
  });
}

/** A tool's result belongs to its call: neither is summed up without the other. */
function withWholeExchanges(part: StoredMessage[], all: readonly StoredMessage[]): StoredMessage[] {
  let end = part.length;
  while (end < all.length && all[end]?.message.role === 'tool') end++;
  return all.slice(0, end);
}
