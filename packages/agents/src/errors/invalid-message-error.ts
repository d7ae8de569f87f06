import { AgentError } from './agent-error.ts';

/** What an agent was to answer is no message. */
export class InvalidMessageError extends AgentError {
  override readonly name = 'InvalidMessageError';
  readonly code = 'invalid_message';
}

/** @throws {InvalidMessageError} when the content is no text, or the attachments are no list */
export function checkMessage(message: { content: unknown; attachments?: unknown } | undefined): void {
  const { content, attachments = [] } = Object(message) as { content?: unknown; attachments?: unknown };
  if (typeof content === 'string' && Array.isArray(attachments)) return;
  throw new InvalidMessageError(
    `a message has to be { content: text, attachments?: list }; got ${typeof message === 'string' ? 'a text alone' : `content of type ${typeof content}`}`,
  );
}
