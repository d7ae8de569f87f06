import { CallLogError } from './call-log-error.ts';

/** A run has no message of that id. */
export class MessageNotFoundError extends CallLogError {
  override readonly name = 'MessageNotFoundError';
  readonly code = 'message_not_found';
  readonly runId: string;
  readonly messageId: string;

  /** @param known ids of messages that are there */
  constructor(runId: string, messageId: string, known: readonly string[]) {
    const few = known.slice(0, 5).join(', ') + (known.length > 5 ? ', …' : '');
    const there = known.length === 0 ? 'it has none' : `there are ${few}`;
    super(
      `no message ${JSON.stringify(String(messageId).slice(0, 140))} is on record in run ${runId}; ${there}`,
    );
    this.runId = runId;
    this.messageId = messageId;
  }
}
