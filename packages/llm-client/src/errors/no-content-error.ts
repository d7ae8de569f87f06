import { LLMClientError } from './llm-client-error.ts';

/** The record was written without what was said, so it has no answers. */
export class NoContentError extends LLMClientError {
  override readonly name = 'NoContentError';
  readonly code = 'no_content';

  constructor(cassette: string) {
    super(
      `${cassette} cannot be replayed: it was recorded with captureContent: false, so neither prompts nor replies are in it`,
    );
  }
}
