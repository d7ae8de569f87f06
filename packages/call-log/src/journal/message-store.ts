import { hash } from 'node:crypto';
import type { JsonObject, JsonValue } from '../schema/json.ts';
import { MESSAGE_REACH } from '../schema/message-reach.ts';
import { RecentMap } from './recent-map.ts';

/** Agents whose last request is kept, to refer to. */
const REMEMBERED_AGENTS = 1_000;

/** How a request is written: what it shares with the agent's request before, and the rest. */
export interface StoredRequest {
  history?: { call_id: string; take: number };
  /** JSON of the list of stored messages; text already, because it was needed for the hashes. */
  messages: string;
}

/**
 * Content addressing of one segment: a chat message is written where it first appears and named by its
 * hash afterwards; a request that begins like the same agent's request before says only that.
 */
export class MessageStore {
  readonly #seen = new Set<string>();
  readonly #lastRequest = new RecentMap<string, { callId: string; hashes: string[] }>(REMEMBERED_AGENTS);

  /** `given` as plain JSON, in order. */
  store(agentId: string, callId: string, given: readonly JsonValue[]): StoredRequest {
    const { texts, hashes } = addressed(given);
    const before = this.#lastRequest.get(agentId);
    // A call id that was used twice must not refer to itself.
    const take = before === undefined || before.callId === callId ? 0 : commonPrefix(before.hashes, hashes);
    this.#lastRequest.set(agentId, { callId, hashes });
    return {
      ...(before !== undefined && take > 0 && { history: { call_id: before.callId, take } }),
      messages: this.#stored(texts.slice(take), hashes.slice(take)),
    };
  }

  /** As {@link store}, for a request of which it is known already what it shares with others: only what is new in it is given. */
  storeNew(given: readonly JsonValue[]): string {
    const { texts, hashes } = addressed(given);
    return this.#stored(texts, hashes);
  }

  /** Forgets everything: a record was lost, and nothing later may refer to what it held. */
  forget(): void {
    this.#seen.clear();
    this.#lastRequest.clear();
  }

  #stored(texts: readonly string[], hashes: readonly string[]): string {
    return `[${texts.map((text, i) => this.#storedOne(hashes[i] ?? '', text)).join(',')}]`;
  }

  #storedOne(hash: string, text: string): string {
    if (this.#seen.has(hash)) return `{"hash":"${hash}"}`;
    if (this.#seen.size >= MESSAGE_REACH) this.#seen.clear();
    this.#seen.add(hash);
    return `{"hash":"${hash}","message":${text}}`;
  }
}

function addressed(given: readonly JsonValue[]): { texts: string[]; hashes: string[] } {
  const texts = given.map((message) => JSON.stringify(asMessage(message)));
  return { texts, hashes: texts.map((text) => hash('sha256', text, 'base64url')) };
}

/** A chat message that is no object is kept under `value`, so that nothing a caller sent is lost. */
export function asMessage(message: JsonValue): JsonObject {
  return typeof message === 'object' && message !== null && !Array.isArray(message)
    ? message
    : { value: message };
}

function commonPrefix(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}
