import { createHash } from 'node:crypto';
import { chooseWindow } from '../memory/choose-window.ts';
import type { MemoryStore } from '../memory/memory-store.ts';
import type { StoredMessage } from '../memory/stored-message.ts';
import { countTokens } from './count-tokens.ts';

/** What a session has of an answer that was given before, to the same message. */
export interface KeptAnswer {
  /** Of the first message that was kept for it. */
  position: number;
  /** Whether the answer itself is there, and not only the question. */
  isAnswered: boolean;
}

/** How many messages are read at a time, and at most shown of those before an answer. */
const PAGE = 1_000;

/** The ids under which question (0) and answer (1, 2, …) are kept; the same each time the message is answered. */
export function keptIds(messageId: string, agentId: string): (place: number) => string {
  const hash = createHash('sha256')
    .update(JSON.stringify([messageId, agentId]))
    .digest('hex')
    .slice(0, 32);
  return (place) => `${hash}-${place}`;
}

/** @param newest how many messages at the end to look at; `undefined` for all, those included that were summed up */
export async function findKept(
  memory: MemoryStore,
  session: string,
  idAt: (place: number) => string,
  { newest, signal }: { newest: number | undefined; signal: AbortSignal | undefined },
): Promise<KeptAnswer | undefined> {
  const prefix = idAt(0).slice(0, -1);
  let kept: KeptAnswer | undefined;
  for await (const { id, position } of newest === undefined
    ? all(memory, session, signal)
    : (await memory.window(session, { messages: newest, signal })).messages) {
    if (!id.startsWith(prefix)) continue;
    const isAnswer = id !== idAt(0);
    kept = { position: kept?.position ?? position, isAnswered: isAnswer || kept?.isAnswered === true };
  }
  return kept;
}

async function* all(memory: MemoryStore, session: string, signal: AbortSignal | undefined) {
  for (let from = 1; ; ) {
    const page = await memory.read(session, { from, limit: PAGE, replaced: true, signal });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    from = last.position + 1;
  }
}

/** The conversation as it was before a position, as much of its end as fits. */
export async function windowBefore(
  memory: MemoryStore,
  session: string,
  { position, tokens, signal }: { position: number; tokens: number; signal: AbortSignal | undefined },
): Promise<StoredMessage[]> {
  if (position <= 1) return [];
  const from = Math.max(1, position - PAGE);
  const messages = await memory.read(session, { from, to: position - 1, limit: PAGE, signal });
  const pinned = messages.filter((message) => message.pinned);
  const tokensOf = (stored: StoredMessage) => stored.tokens ?? countTokens(stored.message);
  return chooseWindow(pinned, newestFirst(messages), { messages: PAGE, tokens, tokensOf });
}

async function* newestFirst(messages: readonly StoredMessage[]): AsyncGenerator<StoredMessage> {
  yield* messages.toReversed();
}
