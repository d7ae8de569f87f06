import type { CallStart } from '@pd/call-log/schema';
import type { CallOptions } from '../chat-request.ts';
import type { ClientSettings } from '../client-settings.ts';
import { CallCache, type KeptReplies } from './call-cache.ts';

/** Where a call looks for its reply before it is sent; `undefined` when nowhere. */
export function keptReplies(
  { kept, cache, clock, onCacheError }: ClientSettings,
  mode: CallOptions['cache'],
  call: CallStart,
  key: () => string,
): KeptReplies | undefined {
  // A record has its own answers, in their own order.
  if (kept !== undefined) return { find: () => kept(call), keep: () => {} };
  // The vectors of embeddings are not part of a reply.
  if (cache === undefined || mode === false || call.operation === 'embeddings') return undefined;
  return new CallCache({ cache, key, refresh: mode === 'refresh', clock, onError: onCacheError });
}
