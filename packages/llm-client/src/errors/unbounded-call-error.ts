import { LLMClientError } from './llm-client-error.ts';

/** A budget cannot tell what a call may come to at most; the call was not sent. */
export class UnboundedCallError extends LLMClientError {
  override readonly name = 'UnboundedCallError';
  readonly code = 'unbounded_call';

  constructor(budget: string, provider: string, model: string, what: 'input' | 'output') {
    const remedy =
      what === 'output'
        ? 'set max_completion_tokens (or max_tokens), or give the model a price with maxOutputTokens'
        : 'it refers to files or a conversation elsewhere: give the model a price with maxInputTokens';
    super(
      `the budget "${budget}" cannot tell how long the ${what} of this call to ${provider}/${model} may be: ${remedy}, ` +
        `or let the budget pass it (onUnpriced: 'allow')`,
    );
  }
}
