import { ScenarioError } from '../../errors/scenario-error.ts';

/** What is to go through Redis is larger than the limit. */
export class MessageTooLargeError extends ScenarioError {
  override readonly name = 'MessageTooLargeError';
  readonly code = 'message_too_large';

  constructor(what: string, bytes: number, most: number) {
    super(
      `${what} is ${bytes} bytes as JSON and may be ${most}: leave attachments out, or raise maxMessageBytes`,
    );
  }
}
