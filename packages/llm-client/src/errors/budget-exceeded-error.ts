import type { Amount, Unit } from '../money/account.ts';
import { LLMClientError } from './llm-client-error.ts';

/** What a budget had when it refused. */
export interface Shortage {
  /** The budget that has too little; not always the one that was asked. */
  budget: string;
  unit: Unit;
  limit: number;
  spent: number;
  reserved: number;
  /** What the call may come to at most. */
  needed: Amount;
  provider: string;
  model: string;
  /** The most that the call may use. */
  inputTokens?: number | undefined;
  outputTokens?: number | undefined;
}

/** A call may cost more than a budget has left; it was not sent. */
export class BudgetExceededError extends LLMClientError {
  override readonly name = 'BudgetExceededError';
  readonly code = 'budget_exceeded';
  readonly shortage: Readonly<Shortage>;
  /** What is neither spent nor reserved, in `shortage.unit`. */
  readonly remaining: number;

  constructor(shortage: Shortage) {
    const { budget, unit, limit, spent, reserved, needed, provider, model } = shortage;
    const { inputTokens = 0, outputTokens = 0 } = shortage;
    const show = (amount: number) =>
      unit === 'usd' ? `$${Number(amount.toPrecision(4))}` : `${amount} tokens`;
    const remaining = limit - spent - reserved;
    const underWay = reserved > 0 ? ', wait for the calls under way' : '';
    super(
      `the budget "${budget}" has ${show(remaining)} of ${show(limit)} left (${show(spent)} spent, ${show(reserved)} reserved), ` +
        `and this call to ${provider}/${model} may come to ${show(needed[unit])} (at most ${inputTokens} tokens in, ${outputTokens} out): ` +
        `allow fewer tokens (max_completion_tokens)${underWay}, or raise the budget`,
    );
    this.shortage = shortage;
    this.remaining = remaining;
  }
}
