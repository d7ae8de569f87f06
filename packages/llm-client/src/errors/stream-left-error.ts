import { LLMClientError } from './llm-client-error.ts';

/** `result()` of a stream whose reader stopped before its end. */
export class StreamLeftError extends LLMClientError {
  override readonly name = 'StreamLeftError';
  readonly code = 'stream_left';

  constructor() {
    super(
      'the stream was left before its end, so there is no result: read it to its end, or call result() instead',
    );
  }
}
