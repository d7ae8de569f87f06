import { LLMClientError } from './llm-client-error.ts';

/** A budget in dollars cannot keep its promise for a model without a known price; the call was not sent. */
export class UnpricedModelError extends LLMClientError {
  override readonly name = 'UnpricedModelError';
  readonly code = 'unpriced_model';
  readonly provider: string;
  readonly model: string;

  constructor(budget: string, provider: string, model: string) {
    super(
      `the budget "${budget}" does not know what ${provider}/${model} costs: ` +
        `give the client its price (prices: { '${provider}/${model}': { input, output } }, in dollars per million tokens, 0 if it is free), ` +
        `or let the budget pass it (onUnpriced: 'allow')`,
    );
    this.provider = provider;
    this.model = model;
  }
}
