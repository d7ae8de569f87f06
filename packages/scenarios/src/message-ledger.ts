import { randomUUID } from 'node:crypto';
import { guardLogger } from '@pd/call-log/logger';
import type { AgentRef, JsonValue, LogEvent, Logger } from '@pd/call-log/schema';

/** A message from one participant to another, as it is put on record. */
export interface LedgerEntry {
  from: string;
  /** Nobody in particular when absent. */
  to?: string | undefined;
  content: JsonValue;
  /** The call that produced the content. */
  callId?: string | undefined;
}

/** A message that is on record already. */
export interface RecordedEntry {
  id: string;
  /** What had become of it. */
  status: string;
}

/** Puts every message and what became of it on record: the edges of the graph. */
export class MessageLedger {
  readonly #logger: (event: LogEvent) => void;
  readonly #createId: () => string;
  readonly #recorded: (entry: LedgerEntry) => RecordedEntry | undefined;
  /** What had become of messages that were on record, until something else becomes of them. */
  readonly #statuses = new Map<string, string>();

  /**
   * @param logger one that throws is warned of, and harms nothing
   * @param createId makes message ids. Default: random UUIDs
   * @param recorded finds a message on record, in a run that is resumed: it keeps its id and is not written again
   */
  constructor(
    logger?: Logger,
    createId: () => string = () => `msg_${randomUUID()}`,
    recorded: (entry: LedgerEntry) => RecordedEntry | undefined = () => undefined,
  ) {
    this.#logger = guardLogger(logger);
    this.#createId = createId;
    this.#recorded = recorded;
  }

  /** Makes somebody known to the run who may never make a call. */
  introduce(agent: AgentRef): void {
    this.#logger({ type: 'agent.start', agent });
  }

  /** Records a message as delivered and returns its id. */
  deliver(entry: LedgerEntry): string {
    const known = this.#recorded(entry);
    if (known !== undefined) {
      this.#statuses.set(known.id, known.status);
      return known.id;
    }
    const { from, to, content, callId } = entry;
    const message_id = this.#createId();
    this.#logger({
      type: 'message',
      message_id,
      from,
      ...(to !== undefined && { to }),
      ...(callId !== undefined && { call_id: callId }),
      content,
      status: 'delivered',
    });
    return message_id;
  }

  /** The receiver has answered it, or has failed to, or it never got there. */
  settle(messageId: string, status: 'handled' | 'rejected' | 'dead_lettered'): void {
    const known = this.#statuses.get(messageId);
    this.#statuses.delete(messageId);
    if (known === status) return;
    this.#logger({ type: 'message', message_id: messageId, status });
  }

  /** Somebody else is to get it. */
  readdress(messageId: string, to: string): void {
    this.#logger({ type: 'message', message_id: messageId, to, status: 'delivered' });
  }

  /** Says why a message was not answered, as a line of the run's log. */
  explain({ id, to }: { id: string; to: string }, status: string, reason: string, error: unknown): void {
    this.#logger({
      type: 'log',
      level: 'warn',
      message: error instanceof Error ? error.message : `message ${id} was not answered: ${reason}`,
      fields: { message_id: id, to, status, reason },
    });
  }
}
