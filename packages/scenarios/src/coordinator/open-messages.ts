import type { AgentReply } from '@pd/agents';
import type { JsonValue } from '@pd/call-log/schema';
import { UndeliverableError, type UndeliverableReason } from '../errors/undeliverable-error.ts';
import type { MessagePlace } from '../faults/message-fate.ts';
import type { MessageLedger } from '../message-ledger.ts';
import type { CoordinatorEvent } from './coordinator-event.ts';
import { Entry } from './entry.ts';
import type { MessageEnd, Outgoing } from './message.ts';
import { Places } from './places.ts';
import type { Suspension } from './suspension.ts';

/** What came of a message. */
interface Came {
  reply?: AgentReply;
  error?: unknown;
  reason?: UndeliverableReason;
  /** The answer of somebody else who was asked in its place. */
  forwarded?: Promise<AgentReply>;
}

export interface OpenMessagesOptions {
  ledger: MessageLedger;
  /** As in the coordinator. */
  edit: ((place: MessagePlace) => JsonValue | undefined) | undefined;
  tell: ((event: CoordinatorEvent) => void) | undefined;
  /** Told of every message that has ended, before those who wait for it are. */
  ended(entry: Entry): void;
}

/** The messages that have not ended. Each goes on record when it begins, and ends once. */
export class OpenMessages {
  readonly #open = new Set<Entry>();
  readonly #places = new Places();
  readonly #options: OpenMessagesOptions;
  #idle: PromiseWithResolvers<void> | undefined;

  constructor(options: OpenMessagesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#open.size;
  }

  [Symbol.iterator](): Iterator<Entry> {
    return this.#open.values();
  }

  /** Resolves when there is none. */
  idle(): Promise<void> {
    if (this.#open.size === 0) return Promise.resolve();
    this.#idle ??= Promise.withResolvers();
    return this.#idle.promise;
  }

  /** Puts a message on record. @throws {InvalidContentError} when its content does not fit its type */
  begin({ type, signal, ...outgoing }: Outgoing): Entry {
    const { ledger, edit, tell } = this.#options;
    const place = this.#places.next(outgoing.from, outgoing.to);
    let content = edit?.(place) ?? outgoing.content;
    let fault: unknown;
    try {
      if (type !== undefined) content = type.parse(content);
    } catch (error) {
      fault = error;
    }
    const typed = type === undefined ? content : { type: type.name, content };
    const id = ledger.deliver({ ...outgoing, content: typed });
    const entry = new Entry({ ...outgoing, content, ...(type && { type: type.name }), id }, signal, place);
    this.#open.add(entry);
    tell?.({ type: 'delivered', message: entry.envelope });
    if (fault === undefined) return entry;
    this.end(entry, 'rejected', { error: fault });
    throw fault;
  }

  /** Ends a message; one that has ended stays as it is. */
  end(entry: Entry, status: MessageEnd, { reply, error, reason, forwarded }: Came): void {
    if (entry.isEnded) return;
    const { ledger, tell } = this.#options;
    this.#close(entry);
    ledger.settle(entry.id, status);
    if (reason !== undefined) ledger.explain(entry.envelope, status, reason, error);
    const why = { ...(reason !== undefined && { reason }), ...(error !== undefined && { error }) };
    tell?.({ type: 'ended', message: entry.envelope, status, ...why });
    if (forwarded !== undefined) entry.resolve(forwarded);
    else if (reply !== undefined) entry.resolve(reply);
    else entry.reject(error);
    this.#tellIdle();
  }

  /** Ends a message that did not get there. */
  lose(entry: Entry, reason: UndeliverableReason, why: string, cause?: unknown): void {
    const { id, to } = entry;
    const error = new UndeliverableError(reason, id, to, `message ${id} to ${to} was not delivered: ${why}`);
    if (cause !== undefined) error.cause = cause;
    this.end(entry, reason === 'not_accepted' ? 'rejected' : 'dead_lettered', { reason, error });
  }

  /** A message that waits for a person stays on record as delivered; it ends when the scenario is resumed. */
  suspend(entry: Entry, suspension: Suspension): void {
    this.#close(entry);
    entry.reject(suspension);
    this.#tellIdle();
  }

  #close(entry: Entry): void {
    entry.isEnded = true;
    entry.stopWatch?.();
    this.#open.delete(entry);
    this.#options.ended(entry);
  }

  #tellIdle(): void {
    if (this.#open.size > 0) return;
    this.#idle?.resolve();
    this.#idle = undefined;
  }
}
