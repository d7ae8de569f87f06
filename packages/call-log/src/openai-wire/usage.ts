import type { Usage } from '../schema/common.ts';
import type { WireUsage } from './shapes.ts';

/** A provider's token counts in the log's names; `source: 'none'` when there are no counts. */
export function toUsage(wire: WireUsage | null | undefined): Usage {
  const counts = {
    input_tokens: wire?.prompt_tokens,
    output_tokens: wire?.completion_tokens,
    cache_read_input_tokens: wire?.prompt_tokens_details?.cached_tokens,
    reasoning_output_tokens: wire?.completion_tokens_details?.reasoning_tokens,
  };
  const known = Object.entries(counts).filter(([, count]) => typeof count === 'number');
  return { ...Object.fromEntries(known), source: known.length > 0 ? 'provider' : 'none' };
}
