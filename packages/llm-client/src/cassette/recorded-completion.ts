import type { WireChoice, WireCompletion } from '@pd/call-log/openai-wire';
import type { CallNode, JsonObject } from '@pd/call-log/schema';
import { toWireUsage } from './to-wire-usage.ts';

/** A recorded chat completion as the server sent it, as far as the log has it. */
export function toCompletion({ post, usage, attempts, cost_usd }: CallNode): WireCompletion {
  const others = (post?.other_choices ?? []).map((message, i) =>
    toChoice(i + 1, message, post?.other_ends?.[i]),
  );
  return {
    ...(post?.id !== undefined && { id: post.id }),
    ...(post?.model !== undefined && { model: post.model }),
    choices: [toChoice(0, post?.message, post), ...others],
    // What was estimated is estimated again.
    ...(usage?.source === 'provider' && { usage: toWireUsage(usage, attempts.at(-1)?.cost_usd ?? cost_usd) }),
  };
}

function toChoice(
  index: number,
  message: JsonObject = {},
  {
    finish_reason_raw = null,
    logprobs = null,
  }: { finish_reason_raw?: string | null; logprobs?: object | null } = {},
): WireChoice {
  return { index, message, finish_reason: finish_reason_raw, logprobs };
}
