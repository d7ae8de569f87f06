import type { ReplyResult } from '../chat-result.ts';
import { LLMClientError } from './llm-client-error.ts';

/** The reply stopped without saying that it was finished; half an answer is not an answer. */
export class TruncatedReplyError extends LLMClientError {
  override readonly name = 'TruncatedReplyError';
  readonly code = 'truncated';
  /** What had come until then. */
  readonly partial: ReplyResult;

  constructor(partial: ReplyResult) {
    super(`the reply stopped after ${partial.text.length} characters without a finish reason`);
    this.partial = partial;
  }
}
