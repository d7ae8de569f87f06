import { RecentMap } from '../journal/recent-map.ts';
import type { StoredMessage } from '../schema/events.ts';
import type { JsonObject } from '../schema/json.ts';
import { MESSAGE_REACH } from '../schema/message-reach.ts';
import type { CallNode } from '../schema/tree.ts';
import { missingMessage } from './expand-request.ts';
import type { NodeList } from './node-list.ts';

/** A position in the list of calls and one in that call's chat messages, as one number. */
const MESSAGES_PER_CALL = 2 ** 20;

/** The chat messages that later requests may name by their hash. Known by the call they stand in, which may lie in a file. */
export class StoredMessages {
  readonly #calls: NodeList<CallNode>;
  /** Where the latest ones stand; one that stands in no call, as it is. */
  readonly #places = new RecentMap<string, number | JsonObject>(MESSAGE_REACH);

  constructor(calls: NodeList<CallNode>) {
    this.#calls = calls;
  }

  /** Each segment has a reach of its own. */
  set segments(count: number) {
    this.#places.reach = MESSAGE_REACH * count;
  }

  /** The chat messages of a request. The later of two equal ones refers to the earlier. */
  read(stored: readonly StoredMessage[]): JsonObject[] {
    const own = new Map<string, JsonObject>();
    return stored.map(({ hash, message }) => {
      if (message !== undefined) own.set(hash, message);
      return message ?? own.get(hash) ?? this.#find(hash) ?? missingMessage(hash);
    });
  }

  /** @param call position of the call that they stand in; `undefined` when it begins a second time and is none */
  keep(stored: readonly StoredMessage[], call: number | undefined): void {
    stored.forEach(({ hash, message }, i) => {
      if (message === undefined) return;
      const isPlaced = call !== undefined && i < MESSAGES_PER_CALL;
      this.#places.set(hash, isPlaced ? call * MESSAGES_PER_CALL + i : message);
    });
  }

  #find(hash: string): JsonObject | undefined {
    const place = this.#places.get(hash);
    if (typeof place !== 'number') return place;
    return this.#calls.at(Math.floor(place / MESSAGES_PER_CALL)).pre.messages[place % MESSAGES_PER_CALL];
  }
}
