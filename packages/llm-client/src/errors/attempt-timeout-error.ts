import { LLMClientError } from './llm-client-error.ts';

/** One attempt took longer than an attempt was given; the call may go on with another. */
export class AttemptTimeoutError extends LLMClientError {
  override readonly name = 'AttemptTimeoutError';
  readonly code = 'timeout';
  readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    super(`the provider had not answered after ${timeoutMs} ms: raise attemptTimeoutMs, or ask for less`);
    this.timeoutMs = timeoutMs;
  }
}
