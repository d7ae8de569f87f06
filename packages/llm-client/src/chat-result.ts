import type { FinishReason } from '@pd/call-log/openai-wire';
import type { Reply, Usage } from '@pd/call-log/schema';
import type OpenAI from 'openai';
import type { CallRecord } from './call/call-record.ts';
import { sumUsage } from './call/sum-usage.ts';

/** Tokens of one call. Cached tokens are part of the input, reasoning tokens of the output; unknown is absent. */
export interface TokenUsage {
  inputTokens?: number;
  outputTokens?: number;
  cacheReadInputTokens?: number;
  cacheCreationInputTokens?: number;
  reasoningOutputTokens?: number;
  /** Who counted: the provider, an estimate, or nobody. */
  source: 'provider' | 'estimated' | 'none';
}

/** The answer to a call. */
export interface ChatResult {
  /** The call's id in the log. */
  callId: string;
  /** The reply's text; empty when the model only called tools. */
  text: string;
  /** The reply as a chat message, ready to be sent back as history. */
  message: OpenAI.Chat.Completions.ChatCompletionMessage;
  finishReason: FinishReason | undefined;
  /** The provider's own word for it. */
  finishReasonRaw: string | undefined;
  usage: TokenUsage;
  /** The model that answered, as the provider names it. */
  model: string | undefined;
  /** The provider's id of the reply. */
  id: string | undefined;
  durationMs: number;
  /** US dollars, all attempts included; `undefined` when the price of one of them is not known. */
  costUsd: number | undefined;
  /** How many requests it took. */
  attempts: number;
}

/** A reply as the log has it, in the names of this package; tokens and cost are those of all attempts so far. */
export function toChatResult(
  record: CallRecord,
  { reply, usage, costUsd }: { reply: Reply; usage: Usage; costUsd?: number },
): ChatResult {
  const message = reply.message ?? { role: 'assistant', content: null };
  // Until the call's end is on record its last attempt is not in the sum.
  const total = record.ended ? record.usage : sumUsage(record.usage, usage);
  return {
    callId: record.id,
    text: typeof message.content === 'string' ? message.content : '',
    message: message as unknown as ChatResult['message'],
    finishReason: reply.finish_reason as FinishReason | undefined,
    finishReasonRaw: reply.finish_reason_raw,
    usage: toTokenUsage(total),
    costUsd: record.ended ? record.costUsd : record.costWith({ usage, costUsd }),
    attempts: record.attempts,
    model: reply.model,
    id: reply.id,
    durationMs: record.elapsedMs(),
  };
}

function toTokenUsage(usage: Usage): TokenUsage {
  const { input_tokens, output_tokens, source } = usage;
  const { cache_read_input_tokens, cache_creation_input_tokens, reasoning_output_tokens } = usage;
  return {
    ...(input_tokens !== undefined && { inputTokens: input_tokens }),
    ...(output_tokens !== undefined && { outputTokens: output_tokens }),
    ...(cache_read_input_tokens !== undefined && { cacheReadInputTokens: cache_read_input_tokens }),
    ...(cache_creation_input_tokens !== undefined && {
      cacheCreationInputTokens: cache_creation_input_tokens,
    }),
    ...(reasoning_output_tokens !== undefined && { reasoningOutputTokens: reasoning_output_tokens }),
    source,
  };
}
