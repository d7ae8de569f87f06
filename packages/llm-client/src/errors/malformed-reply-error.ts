import { LLMClientError } from './llm-client-error.ts';

/** The server answered with success, but not with what was asked for; perhaps it is no OpenAI-compatible server. */
export class MalformedReplyError extends LLMClientError {
  override readonly name = 'MalformedReplyError';
  readonly code = 'malformed_reply';
}
