import type { Agent, AgentReply } from '@pd/agents';
import type { Envelope } from './message.ts';
import type { MessageType } from './message-type.ts';
import type { Supervision } from './supervision.ts';

/** What a participant is told beside a message. */
export interface HandlerContext {
  /** Ends the work: the deadline has passed, or the scenario is over. */
  signal: AbortSignal;
}

/** Somebody who gets messages and is no agent: a person behind a page, a program, a collector. */
export interface Participant {
  /** Unique among all who take part. */
  id: string;
  name?: string | undefined;
  role?: string | undefined;
  /** What it takes. Default: texts, and every type. */
  accepts?: readonly Pick<MessageType<unknown>, 'name'>[] | undefined;
  /** Handles a message; what it returns is the answer. */
  handle(message: Envelope, context: HandlerContext): Handled | Promise<Handled>;
}

/** What handling a message may come to. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function that handles a message and returns nothing is the ordinary one
export type Handled = string | AgentReply | undefined | void;

/** How a participant is treated. */
export interface JoinOptions {
  /** Messages that may wait for it. Default: 1,000. */
  mailbox?: number | undefined;
  /** Messages that it handles at the same time. Default: 1, in the order they came. */
  concurrency?: number | undefined;
  supervision?: Supervision | undefined;
}

/** Whether it is an agent, which answers texts. */
export function isAgent(member: Agent | Participant): member is Agent {
  return typeof (member as Partial<Agent>).respond === 'function';
}
