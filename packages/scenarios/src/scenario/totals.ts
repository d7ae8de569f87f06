import type { AgentReply } from '@pd/agents';
import type { TokenUsage } from '@pd/llm-client';

/** Counted for every call: where one is unknown, so is the sum. */
const COUNTED = ['inputTokens', 'outputTokens'] as const;
/** Parts of those, where a provider tells them. */
const PARTS = ['cacheReadInputTokens', 'cacheCreationInputTokens', 'reasoningOutputTokens'] as const;

/** What a scenario has taken so far. */
export class Totals {
  turns = 0;
  messages = 0;
  usage: TokenUsage | undefined;
  /** US dollars; `undefined` when a price is not known. */
  costUsd: number | undefined = 0;

  /** Counts a turn that is over. An agent that asked no model has taken nothing. */
  add({ usage, costUsd }: AgentReply): void {
    this.turns++;
    if (usage === undefined) return;
    this.usage = this.usage === undefined ? usage : sum(this.usage, usage);
    this.costUsd = this.costUsd === undefined || costUsd === undefined ? undefined : this.costUsd + costUsd;
  }
}

function sum(a: TokenUsage, b: TokenUsage): TokenUsage {
  const total: TokenUsage = { source: a.source === b.source ? a.source : 'estimated' };
  for (const key of COUNTED) {
    const [first, second] = [a[key], b[key]];
    if (first !== undefined && second !== undefined) total[key] = first + second;
  }
  for (const key of PARTS)
    if (a[key] !== undefined || b[key] !== undefined) total[key] = (a[key] ?? 0) + (b[key] ?? 0);
  return total;
}
