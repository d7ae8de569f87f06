import type { TokenUsage } from '@pd/llm-client';
import { addUsage } from './add-usage.ts';
import type { LoopLimits } from './loop-limits.ts';
import type { StopReason } from './stop-reason.ts';

/** What an answer has taken so far. */
export class Spent {
  steps: number;
  usage: TokenUsage | undefined;
  /** US dollars; `undefined` when the price of a part is not known. */
  costUsd: number | undefined;
  /** Of a part of the answer that was made before, by another process maybe. */
  readonly #tokensBefore: number;

  constructor(
    before: { steps: number; tokens: number; costUsd: number | undefined } = {
      steps: 0,
      tokens: 0,
      costUsd: 0,
    },
  ) {
    this.steps = before.steps;
    this.#tokensBefore = before.tokens;
    this.costUsd = before.costUsd;
  }

  get tokens(): number {
    return this.#tokensBefore + (this.usage?.inputTokens ?? 0) + (this.usage?.outputTokens ?? 0);
  }

  /** Adds what a call, or an agent that was used as a tool, has taken. One that asked no model has taken nothing. */
  add(spent: { usage?: TokenUsage | undefined; costUsd?: number | undefined }): void {
    if (spent.usage === undefined && spent.costUsd === undefined) return;
    this.usage = addUsage(this.usage, spent.usage);
    this.costUsd =
      this.costUsd === undefined || spent.costUsd === undefined ? undefined : this.costUsd + spent.costUsd;
  }

  /** The limit that forbids another step, if there is one. */
  reached({ steps, tokens, costUsd }: LoopLimits): StopReason | undefined {
    if (steps !== undefined && this.steps >= steps) return 'max_steps';
    if (tokens !== undefined && this.tokens >= tokens) return 'max_tokens';
    if (costUsd === undefined) return undefined;
    if (this.costUsd === undefined) return 'unpriced';
    return this.costUsd >= costUsd ? 'max_cost' : undefined;
  }
}
