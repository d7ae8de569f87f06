import type { FoundRecord, MemoryDriver, MessageRecord, WordSearch } from '../memory-driver.ts';
import { messageText } from '../words/message-text.ts';
import { rankByWords } from '../words/rank-by-words.ts';

/** How many messages are looked through: the newest of the session, or of the sessions that changed last. */
const MOST_MESSAGES = 10_000;

/** Messages that are read at a time. */
const PAGE = 500;

/** Redis has no search of its own unless a module is loaded; messages are read and looked through here. */
export async function searchNewest(
  driver: Pick<MemoryDriver, 'read' | 'sessions'>,
  { words, match, sessionId, limit }: WordSearch,
  signal: AbortSignal | undefined,
): Promise<FoundRecord[]> {
  const found: { record: MessageRecord; text: string }[] = [];
  let looked = 0;
  for await (const record of newestOf(driver, sessionId, signal)) {
    found.push({ record, text: messageText(JSON.parse(record.body)) });
    if (++looked === MOST_MESSAGES) break;
  }
  return rankByWords(found.reverse(), ({ text }) => text, words, match)
    .slice(0, limit)
    .map(({ item, score }) => ({ ...item.record, score }));
}

async function* newestOf(
  { read, sessions }: Pick<MemoryDriver, 'read' | 'sessions'>,
  sessionId: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<MessageRecord> {
  const ids = sessionId === undefined ? (await sessions(1_000, 0, signal)).map(({ id }) => id) : [sessionId];
  for (const id of ids) {
    const seen = new Set<string>();
    let to = Number.MAX_SAFE_INTEGER;
    for (let more = true; more; ) {
      const page = await read(id, { which: 'all', from: 1, to, limit: PAGE, order: 'newest' }, signal);
      const unseen = page.filter((record) => !seen.has(record.id));
      for (const record of unseen) {
        seen.add(record.id);
        yield record;
      }
      const last = page.at(-1)?.position ?? 0;
      // A summary shares its position with an original, and a page may end between them.
      to = unseen.length > 0 ? last : last - 1;
      more = page.length === PAGE && to > 0;
    }
  }
}
