import type { FinishReason } from '@pd/call-log/openai-wire';
import type { Reply, Usage } from '@pd/call-log/schema';
import type OpenAI from 'openai';

/** Tokens of one call. Cached tokens are part of the input, reasoning tokens of the output; unknown is absent. */
export interface TokenUsage {
  inputTokens?: number;
  outputTokens?: number;
  cacheReadInputTokens?: number;
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
}

/** A reply as the log has it, in the names of this package. */
export function toChatResult(callId: string, reply: Reply, usage: Usage, durationMs: number): ChatResult {
  const message = reply.message ?? { role: 'assistant', content: null };
  return {
    callId,
    text: typeof message.content === 'string' ? message.content : '',
    message: message as unknown as ChatResult['message'],
    finishReason: reply.finish_reason as FinishReason | undefined,
    finishReasonRaw: reply.finish_reason_raw,
    usage: toTokenUsage(usage),
    model: reply.model,
    id: reply.id,
    durationMs,
  };
}

function toTokenUsage(usage: Usage): TokenUsage {
  const { input_tokens, output_tokens, cache_read_input_tokens, reasoning_output_tokens, source } = usage;
  return {
    ...(input_tokens !== undefined && { inputTokens: input_tokens }),
    ...(output_tokens !== undefined && { outputTokens: output_tokens }),
    ...(cache_read_input_tokens !== undefined && { cacheReadInputTokens: cache_read_input_tokens }),
    ...(reasoning_output_tokens !== undefined && { reasoningOutputTokens: reasoning_output_tokens }),
    source,
  };
}
