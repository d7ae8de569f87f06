import { ScenarioError } from './scenario-error.ts';

/**
 * Why a message was not answered.
 *
 * | reason | |
 * |---|---|
 * | `unknown_recipient` | nobody has that id, that role, or listens to that topic |
 * | `not_accepted` | the receiver takes no messages of that type |
 * | `to_itself` | somebody wrote to itself |
 * | `waits_for_itself` | the receiver waits, through others, for the answer to this very message |
 * | `deadline` | there was no answer in time |
 * | `withdrawn` | its sender has aborted it |
 * | `dropped` | an injected fault lost it |
 * | `closed` | the scenario was over, or the receiver had left |
 */
export type UndeliverableReason =
  | 'unknown_recipient'
  | 'not_accepted'
  | 'to_itself'
  | 'waits_for_itself'
  | 'deadline'
  | 'withdrawn'
  | 'dropped'
  | 'closed';

/** A message that was not answered; it is on record as `dead_lettered`, or `rejected` when the receiver had begun. */
export class UndeliverableError extends ScenarioError {
  override readonly name = 'UndeliverableError';
  readonly code = 'undeliverable';
  readonly reason: UndeliverableReason;
  readonly messageId: string;
  readonly to: string;

  constructor(reason: UndeliverableReason, messageId: string, to: string, message: string) {
    super(message);
    this.reason = reason;
    this.messageId = messageId;
    this.to = to;
  }
}
