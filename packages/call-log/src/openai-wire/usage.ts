import type { Usage } from '../schema/common.ts';
import type { WireUsage } from './shapes.ts';

/** A provider's token counts in the log's names; `source: 'none'` when there are no counts. */
export function toUsage(wire: WireUsage | null | undefined): Usage {
  const counts = {
    input_tokens: wire?.prompt_tokens,
    output_tokens: outputTokens(wire),
    cache_read_input_tokens: wire?.prompt_tokens_details?.cached_tokens ?? wire?.prompt_cache_hit_tokens,
    cache_creation_input_tokens:
      wire?.prompt_tokens_details?.cache_write_tokens ?? wire?.cache_creation_input_tokens,
    reasoning_output_tokens: wire?.completion_tokens_details?.reasoning_tokens,
  };
  const known = Object.entries(counts).filter(([, count]) => typeof count === 'number');
  return { ...Object.fromEntries(known), source: known.length > 0 ? 'provider' : 'none' };
}

/** xAI counts the reasoning beside the completion, everybody else within it; the total tells. */
function outputTokens(wire: WireUsage | null | undefined): number | undefined {
  const { prompt_tokens = 0, completion_tokens, total_tokens } = wire ?? {};
  const reasoning = wire?.completion_tokens_details?.reasoning_tokens ?? 0;
  if (completion_tokens === undefined || reasoning === 0) return completion_tokens;
  const beside = prompt_tokens + completion_tokens + reasoning;
  return total_tokens === beside ? completion_tokens + reasoning : completion_tokens;
}
