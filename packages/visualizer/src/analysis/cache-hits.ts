import type { RunTree } from '@pd/call-log/schema';
import { placedCalls } from './call-ref.ts';
import { pairKey } from './pair-key.ts';
import { top } from './top.ts';

/** Tokens that a provider had in its cache. */
export interface CacheShare {
  /** Calls for which both numbers are on record. */
  calls: number;
  readTokens: number;
  inputTokens: number;
  /** `readTokens` ÷ `inputTokens`, 0 to 1; absent when there were no input tokens. */
  rate?: number;
}

/** How often a cache saved something. */
export interface CacheHits extends CacheShare {
  /** Calls that a cache of the client answered, without asking a provider. */
  cachedReplies: number;
  /** Those with most input tokens first. */
  models: (CacheShare & { provider: string; model: string })[];
}

/** Cache hit rates, over the calls whose provider says how much came from its cache; others may have used one, too. */
export function findCacheHits(tree: RunTree, count: number): CacheHits {
  const all: CacheHits = { calls: 0, readTokens: 0, inputTokens: 0, cachedReplies: 0, models: [] };
  const models = new Map<string, CacheHits['models'][number]>();
  for (const { call } of placedCalls(tree.agents)) {
    if (call.post?.cached === true) {
      all.cachedReplies++;
      continue;
    }
    const { input_tokens: input, cache_read_input_tokens: read } = call.usage ?? {};
    if (input === undefined || read === undefined) continue;
    const { provider, model } = call.pre;
    const key = pairKey(provider, model);
    const share = models.get(key) ?? { provider, model, calls: 0, readTokens: 0, inputTokens: 0 };
    models.set(key, share);
    for (const each of [all, share]) {
      each.calls++;
      each.readTokens += read;
      each.inputTokens += input;
    }
  }
  for (const share of [all, ...models.values()]) {
    if (share.inputTokens > 0) share.rate = share.readTokens / share.inputTokens;
  }
  all.models = top(models.values(), count, ({ inputTokens }) => inputTokens);
  return all;
}
