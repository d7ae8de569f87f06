import type { AgentReply, IncomingMessage } from '@pd/agents';
import type { JsonValue } from '@pd/call-log/schema';
import type { ChatMessageParam } from '@pd/llm-client';
import type { MessageType } from './message-type.ts';

/** What is to be delivered. */
export interface Outgoing<Content = JsonValue> {
  /** Id of whoever says it. */
  from: string;
  /** Id of whoever is to get it. */
  to: string;
  /** A text for agents; what the type says for others. */
  content: Content;
  /** What kind of message it is. Default: a text. */
  type?: MessageType<Content> | undefined;
  /** The call that produced the content: the cause of this edge of the graph. */
  callId?: string | undefined;
  /** What is shown along with a text. */
  attachments?: IncomingMessage['attachments'];
  /** The conversation so far, for an agent that is to see this one in the place of its own memory. */
  history?: readonly ChatMessageParam[] | undefined;
  /** Whether a hand-over inside of the answer is followed (the default), or told in the reply. */
  handoffs?: 'follow' | 'return' | undefined;
  /** It is only heard: an agent has nothing to answer, and is asked nothing. */
  onlyHeard?: boolean | undefined;
  /** How long the answer may take, in milliseconds, waiting in the mailbox included. Default: as long as it takes. */
  deadlineMs?: number | undefined;
  /** Ends the work on this message. */
  signal?: AbortSignal | undefined;
}

/** A message that is in somebody's mailbox. */
export interface Envelope extends Omit<Outgoing, 'signal' | 'type'> {
  id: string;
  /** Name of its type; absent when it is a text. */
  type?: string;
}

/** Where a message ended. */
export type MessageEnd = 'handled' | 'rejected' | 'dead_lettered';

/** A message on its way. It is on record when this is there. */
export interface Delivery {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Resolves when there is room for it in the mailbox: wait for it to go no faster than the receiver. */
  readonly accepted: Promise<void>;
  /**
   * What the receiver answers, when the message is handled.
   *
   * @throws what the receiver throws; {@link UndeliverableError} when it never got there or was not answered in time
   */
  readonly reply: Promise<AgentReply>;
}
