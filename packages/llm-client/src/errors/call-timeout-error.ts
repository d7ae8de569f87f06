import { LLMClientError } from './llm-client-error.ts';

/** The call took longer than it was given. */
export class CallTimeoutError extends LLMClientError {
  override readonly name = 'CallTimeoutError';
  readonly code = 'timeout';
  readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    super(`the call was not done after ${timeoutMs} ms: raise timeoutMs, or ask for less`);
    this.timeoutMs = timeoutMs;
  }
}
