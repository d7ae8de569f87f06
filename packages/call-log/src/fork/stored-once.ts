import { RecentMap } from '../journal/recent-map.ts';
import type { StoredMessage } from '../schema/events.ts';
import { MESSAGE_REACH } from '../schema/message-reach.ts';

/** Stores the chat messages of several segments anew, as one segment would: with their text first, by their hash afterwards. */
export class StoredOnce {
  readonly #seen = new Set<string>();
  readonly #texts: RecentMap<string, StoredMessage>;

  /** @param segments how many there are, each of which may refer to as many messages */
  constructor(segments: number) {
    this.#texts = new RecentMap(MESSAGE_REACH * segments);
  }

  of(messages: readonly StoredMessage[]): StoredMessage[] {
    return messages.map((stored) => {
      if (stored.message !== undefined) this.#texts.set(stored.hash, stored);
      if (this.#seen.has(stored.hash)) return { hash: stored.hash };
      const whole = this.#texts.get(stored.hash);
      // Its text is lost.
      if (whole === undefined) return stored;
      if (this.#seen.size >= MESSAGE_REACH) this.#seen.clear();
      this.#seen.add(stored.hash);
      return whole;
    });
  }
}
