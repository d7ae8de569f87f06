import { DuplicateMessageError } from '../../errors/duplicate-message-error.ts';
import { VersionConflictError } from '../../errors/version-conflict-error.ts';
import type { Change, MessageDraft, MessageRange, MessageRecord } from '../memory-driver.ts';
import type { SessionInfo } from '../memory-store.ts';

/** A message with what a search looks through. */
export type InMemoryMessage = MessageRecord & { text: string };

/** One conversation. Messages are in the order of their positions, a summary after what it replaces. */
export class InMemorySession {
  readonly #id: string;
  readonly #createdAt: string;
  readonly #byId = new Map<string, InMemoryMessage>();
  #messages: InMemoryMessage[] = [];
  #lastPosition = 0;
  #version = 0;
  #updatedAt: string;

  constructor(id: string, now: string) {
    this.#id = id;
    this.#createdAt = now;
    this.#updatedAt = now;
  }

  get version(): number {
    return this.#version;
  }

  get info(): SessionInfo {
    const replaced = this.#messages.filter((message) => message.replacedBy !== undefined).length;
    return {
      id: this.#id,
      version: this.#version,
      messages: this.#messages.length - replaced,
      replaced,
      createdAt: this.#createdAt,
      updatedAt: this.#updatedAt,
    };
  }

  get messages(): readonly InMemoryMessage[] {
    return this.#messages;
  }

  append(drafts: readonly MessageDraft[], change: Change) {
    const there = drafts.map((draft) => this.#existing(draft));
    if (there.every((message) => message !== undefined))
      return { version: this.#version, records: there.map((message) => ({ ...message })) };
    const taken = there.find((message) => message !== undefined);
    if (taken !== undefined) throw new DuplicateMessageError(this.#id, taken.id);
    this.#begin(change);
    const records = drafts.map((draft) => {
      const message = this.#toMessage(draft, ++this.#lastPosition);
      this.#messages.push(message);
      return { ...message };
    });
    return { version: this.#version, records };
  }

  read({ which, from, to, limit, order }: MessageRange): MessageRecord[] {
    const found: MessageRecord[] = [];
    const take = (message: InMemoryMessage | undefined) => {
      if (message === undefined || message.position < from || message.position > to) return;
      if (which !== 'all' && message.replacedBy !== undefined) return;
      if (which !== 'pinned' || message.pinned) found.push({ ...message });
    };
    const { length } = this.#messages;
    for (let i = 0; i < length && found.length < limit; i++)
      take(this.#messages[order === 'oldest' ? i : length - 1 - i]);
    return found;
  }

  replace({ from, to }: { from: number; to: number }, draft: MessageDraft, change: Change) {
    const existing = this.#existing(draft);
    if (existing !== undefined) return { ...existing };
    this.#check(change);
    const originals = this.#messages.filter(
      ({ position, replacedBy, pinned }) =>
        position >= from && position <= to && replacedBy === undefined && !pinned,
    );
    const last = originals.at(-1);
    if (last === undefined) return undefined;
    this.#begin(change);
    for (const original of originals) original.replacedBy = draft.id;
    const summary = this.#toMessage(
      draft,
      last.position,
      originals.map(({ id }) => id),
    );
    this.#messages.splice(this.#messages.indexOf(last) + 1, 0, summary);
    return { ...summary };
  }

  setPinned(messageId: string, pinned: boolean, change: Change): boolean {
    this.#check(change);
    const message = this.#byId.get(messageId);
    if (message === undefined || message.replacedBy !== undefined) return false;
    this.#begin(change);
    message.pinned = pinned;
    return true;
  }

  clear(change: Change): void {
    this.#begin(change);
    this.#messages = [];
    this.#byId.clear();
  }

  #existing(draft: MessageDraft): InMemoryMessage | undefined {
    const message = this.#byId.get(draft.id);
    if (message === undefined || message.body === draft.body) return message;
    throw new DuplicateMessageError(this.#id, draft.id);
  }

  #check({ expectedVersion }: Change): void {
    if (expectedVersion !== undefined && expectedVersion !== this.#version)
      throw new VersionConflictError(this.#id, expectedVersion, this.#version);
  }

  #begin(change: Change): void {
    this.#check(change);
    this.#version += 1;
    this.#updatedAt = change.now;
  }

  #toMessage(draft: MessageDraft, position: number, replaces?: string[]): InMemoryMessage {
    const message = { ...draft, sessionId: this.#id, position, replacedBy: undefined, replaces };
    this.#byId.set(draft.id, message);
    return message;
  }
}
