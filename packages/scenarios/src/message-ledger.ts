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

/** Puts every message and what became of it on record: the edges of the graph. */
export class MessageLedger {
  readonly #logger: (event: LogEvent) => void;
  readonly #createId: () => string;

  /**
   * @param logger one that throws is warned of, and harms nothing
   * @param createId makes message ids. Default: random UUIDs
   */
  constructor(logger?: Logger, createId: () => string = () => `msg_${randomUUID()}`) {
    this.#logger = guardLogger(logger);
    this.#createId = createId;
  }

  /** Makes somebody known to the run who may never make a call. */
  introduce(agent: AgentRef): void {
    this.#logger({ type: 'agent.start', agent });
  }

  /** Records a message as delivered and returns its id. */
  deliver({ from, to, content, callId }: LedgerEntry): string {
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
