import { LLMClientError } from './llm-client-error.ts';

/**
 * The provider held a reply back, and another model is there to be asked. On record as the error of that attempt; callers
 * get the answer of the other model, or a filtered reply when there is none.
 */
export class FilteredReplyError extends LLMClientError {
  override readonly name = 'FilteredReplyError';
  readonly code = 'content_filter';

  constructor(rawReason: string | undefined) {
    super(`the reply was held back by the provider's content filter (${rawReason ?? 'no reason given'})`);
  }
}
