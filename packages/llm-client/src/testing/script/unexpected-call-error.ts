import { LLMClientError } from '../../errors/llm-client-error.ts';

/** A call that the script does not expect; never retried. `client.done()` throws the first one again. */
export class UnexpectedCallError extends LLMClientError {
  override readonly name = 'UnexpectedCallError';
  readonly code = 'unexpected_call';
}
