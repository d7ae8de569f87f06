import type { FinishReason } from '@pd/call-log/openai-wire';
import type { ChoiceEnd, JsonObject, Reply, Usage } from '@pd/call-log/schema';
import type OpenAI from 'openai';
import type { CallRecord } from './call/call-record.ts';
import { sumUsage } from './call/sum-usage.ts';
import { type ToolCall, toToolCalls } from './tools/tool-call.ts';

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

/** One reply of a model. */
export interface ReplyContent {
  /** The reply's text; empty when the model only called tools. */
  text: string;
  /** The model's thoughts, from providers that show them. */
  reasoning: string | undefined;
  /** Why the model does not answer, where it says so. */
  refusal: string | undefined;
  toolCalls: ToolCall[];
  /** The reply as a chat message, ready to be sent back as history. */
  message: OpenAI.Chat.Completions.ChatCompletionMessage;
  finishReason: FinishReason | undefined;
  /** The provider's own word for it. */
  finishReasonRaw: string | undefined;
}

/** What the answers to all calls that end in a reply have in common. */
export interface ReplyResult extends ReplyContent {
  /** The call's id in the log. */
  callId: string;
  usage: TokenUsage;
  /** The model that answered, as the provider names it. */
  model: string | undefined;
  /** The provider's id of the reply. */
  id: string | undefined;
  /** Whether it comes from the client's cache: its tokens are those of then, and it cost nothing. */
  cached: boolean;
  durationMs: number;
  /** US dollars, all attempts included; `undefined` when the price of one of them is not known. */
  costUsd: number | undefined;
  /** How many requests it took. */
  attempts: number;
}

/** One of the replies of a chat completion. */
export interface ChatChoice extends ReplyContent {
  /** The log probabilities of its tokens, when they were asked for. */
  logprobs: OpenAI.Chat.Completions.ChatCompletion.Choice.Logprobs | undefined;
}

/** The answer to a call. */
export interface ChatResult extends ReplyResult, ChatChoice {
  /** All replies; more than one when `n` asked for more, of which the first is also the result itself. */
  choices: ChatChoice[];
}

/** What a result says of its call: of one that has just been made, or one that was made by an earlier process of the run. */
export type CallSummary = Pick<
  CallRecord,
  'id' | 'ended' | 'usage' | 'costUsd' | 'costWith' | 'attempts' | 'elapsedMs'
>;

/** A reply as the log has it, in the names of this package; tokens and cost are those of all attempts so far. */
export function toChatResult(
  record: CallSummary,
  { reply, usage, costUsd }: { reply: Reply; usage: Usage; costUsd?: number },
): ChatResult {
  const first = toChoice(reply.message, reply);
  const others = (reply.other_choices ?? []).map((message, i) => toChoice(message, reply.other_ends?.[i]));
  // Until the call's end is on record its last attempt is not in the sum.
  const total = record.ended ? record.usage : sumUsage(record.usage, usage);
  return {
    ...first,
    choices: [first, ...others],
    callId: record.id,
    usage: toTokenUsage(total),
    costUsd: record.ended ? record.costUsd : record.costWith({ usage, costUsd }),
    attempts: record.attempts,
    cached: reply.cached === true,
    model: reply.model,
    id: reply.id,
    durationMs: record.elapsedMs(),
  };
}

function toChoice(
  message: JsonObject = { role: 'assistant', content: null },
  { finish_reason, finish_reason_raw, logprobs }: ChoiceEnd = {},
): ChatChoice {
  const { content, refusal, reasoning_content, reasoning = reasoning_content } = message;
  return {
    text: typeof content === 'string' ? content : '',
    reasoning: typeof reasoning === 'string' ? reasoning : undefined,
    refusal: typeof refusal === 'string' ? refusal : undefined,
    toolCalls: toToolCalls(message),
    message: message as unknown as ChatChoice['message'],
    finishReason: finish_reason as FinishReason | undefined,
    finishReasonRaw: finish_reason_raw,
    logprobs: logprobs as unknown as ChatChoice['logprobs'],
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
