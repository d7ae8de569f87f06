import type { UndeliverableReason } from '../errors/undeliverable-error.ts';
import type { Envelope, MessageEnd } from './message.ts';

/** What happens to messages and those who get them, for whoever watches. */
export type CoordinatorEvent =
  | { type: 'delivered'; message: Envelope }
  | { type: 'ended'; message: Envelope; status: MessageEnd; reason?: UndeliverableReason; error?: unknown }
  | { type: 'failed'; agent: string; messageId: string; error: unknown; action: FailureAction };

/** What was done about an agent that failed. */
export type FailureAction = 'retry' | 'replace' | 'escalate' | 'reject' | 'stop';
