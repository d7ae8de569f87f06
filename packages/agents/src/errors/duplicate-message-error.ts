import { AgentError } from './agent-error.ts';

/** A message's id is taken by another message of the session. Nothing was written. */
export class DuplicateMessageError extends AgentError {
  override readonly name = 'DuplicateMessageError';
  readonly code = 'duplicate_message';

  readonly sessionId: string;
  readonly messageId: string;

  constructor(sessionId: string, messageId: string) {
    super(
      `session ${JSON.stringify(sessionId.slice(0, 100))} has another message with the id ${JSON.stringify(messageId)}: give each message an id of its own, or none`,
    );
    this.sessionId = sessionId;
    this.messageId = messageId;
  }
}
