import { InvalidMemoryInputError } from '../errors/invalid-memory-input-error.ts';
import { chooseWindow } from './choose-window.ts';
import { checkCount } from './input/check-count.ts';
import type { MemoryDriver } from './memory-driver.ts';
import type { MemoryWindow, WindowOptions } from './memory-store.ts';
import type { StoredMessage } from './stored-message.ts';
import { toStoredMessage } from './to-stored-message.ts';
import { messageText } from './words/message-text.ts';

/** The most messages of a window. */
const LARGEST_WINDOW = 10_000;

/** Messages that are read at a time where it is not known how many will fit. */
const PAGE = 200;

/** Reads the newest messages of a session as far as they fit. */
export async function readWindow(
  driver: MemoryDriver,
  sessionId: string,
  { messages, tokens, estimateTokens, signal }: WindowOptions,
): Promise<MemoryWindow> {
  const most = checkCount(messages ?? (tokens === undefined ? 100 : LARGEST_WINDOW), 'messages', {
    most: LARGEST_WINDOW,
  });
  if (tokens !== undefined) checkCount(tokens, 'tokens');

  const read = async (which: 'pinned' | 'conversation', to: number, limit: number) => {
    const range = { which, from: 1, to, limit, order: 'newest' as const };
    return (await driver.read(sessionId, range, signal)).map(toStoredMessage);
  };
  // The version comes first: whatever happens after it makes an append that expects it fail.
  const session = await driver.session(sessionId, signal);
  if (session === undefined) return { messages: [], version: 0 };
  const pinned = await read('pinned', Number.MAX_SAFE_INTEGER, LARGEST_WINDOW);

  async function* newestFirst(): AsyncGenerator<StoredMessage> {
    const limit = tokens === undefined ? most : Math.min(most, PAGE);
    for (let to = Number.MAX_SAFE_INTEGER; ; ) {
      const page = await read('conversation', to, limit);
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < limit || last.position === 1) return;
      to = last.position - 1;
    }
  }

  const estimate = tokens === undefined ? undefined : (estimateTokens ?? (await clientEstimate()));
  const chosen = await chooseWindow(pinned, newestFirst(), {
    messages: most,
    tokens: tokens ?? Number.POSITIVE_INFINITY,
    tokensOf: (stored) => stored.tokens ?? checkEstimate(estimate?.(stored.message)),
  });
  return { messages: chosen, version: session.version };
}

/** Loaded when it is first needed: the client is more than a count of characters. */
async function clientEstimate(): Promise<(message: StoredMessage['message']) => number> {
  const { estimateTokens } = await import('@pd/llm-client');
  return (message) => estimateTokens(messageText(message));
}

function checkEstimate(tokens: unknown): number {
  if (typeof tokens === 'number' && tokens >= 0) return tokens;
  throw new InvalidMemoryInputError(`estimateTokens has to give a number from 0 on; got ${String(tokens)}`);
}
