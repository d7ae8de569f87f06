import type { WireResponse } from '@pd/call-log/openai-wire';
import type { CallNode, Usage } from '@pd/call-log/schema';
import { toWireUsage } from './to-wire-usage.ts';

/** A recorded response as the server sent it, as far as the log has it. */
export function toResponse({
  post,
  usage,
  attempts,
  cost_usd,
}: Pick<CallNode, 'post' | 'usage' | 'attempts' | 'cost_usd'>): WireResponse {
  const raw = post?.finish_reason_raw;
  const isIncomplete = post?.partial !== true && raw !== undefined && raw !== 'completed';
  return {
    object: 'response',
    ...(post?.id !== undefined && { id: post.id }),
    ...(post?.model !== undefined && { model: post.model }),
    ...(raw !== undefined && { status: isIncomplete ? 'incomplete' : raw }),
    ...(isIncomplete && { incomplete_details: { reason: raw } }),
    output: post?.output ?? [],
    // What was estimated is estimated again.
    ...(usage?.source === 'provider' && {
      usage: toResponseUsage(usage, attempts.at(-1)?.cost_usd ?? cost_usd),
    }),
  };
}

function toResponseUsage(usage: Usage, costUsd: number | undefined): NonNullable<WireResponse['usage']> {
  const { prompt_tokens, completion_tokens, prompt_tokens_details, completion_tokens_details, cost } =
    toWireUsage(usage, costUsd);
  return {
    ...(prompt_tokens !== undefined && { input_tokens: prompt_tokens }),
    ...(completion_tokens !== undefined && { output_tokens: completion_tokens }),
    ...(prompt_tokens_details !== undefined && { input_tokens_details: prompt_tokens_details }),
    ...(completion_tokens_details !== undefined && { output_tokens_details: completion_tokens_details }),
    ...(cost !== undefined && { cost }),
  };
}
