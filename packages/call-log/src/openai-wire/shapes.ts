/**
 * What is read of the OpenAI wire format; every field may be missing, because "compatible" servers leave
 * out what they like.
 *
 * @see https://platform.openai.com/docs/api-reference/chat
 */
export interface WireUsage {
  prompt_tokens?: number;
  completion_tokens?: number;
  total_tokens?: number;
  prompt_tokens_details?: { cached_tokens?: number; cache_write_tokens?: number } | null;
  completion_tokens_details?: { reasoning_tokens?: number } | null;
  /** Cached tokens as DeepSeek also sends them. */
  prompt_cache_hit_tokens?: number;
  /** Tokens written to the cache as LiteLLM passes them on. */
  cache_creation_input_tokens?: number;
  /** What it cost, as OpenRouter (a number) and Perplexity (an object) say. */
  cost?: number | { total_cost?: number } | null;
  /** OpenRouter: the reply was made with a key of one's own, so that `cost` is not all. */
  is_byok?: boolean;
  cost_details?: { upstream_inference_cost?: number | null } | null;
  /** What it cost, as xAI says. */
  cost_in_usd_ticks?: number;
}

export interface WireToolCall {
  index?: number;
  id?: string;
  type?: string;
  function?: { name?: string; arguments?: string };
}

export interface WireMessage {
  role?: string;
  content?: string | null;
  refusal?: string | null;
  /** Reasoning as DeepSeek, xAI and vLLM send it. */
  reasoning_content?: string | null;
  /** Reasoning as OpenRouter, Groq and newer vLLM send it. */
  reasoning?: string | null;
  tool_calls?: WireToolCall[] | null;
}

export interface WireChoice {
  index?: number;
  finish_reason?: string | null;
  logprobs?: object | null;
  /** In a reply. */
  message?: WireMessage;
  /** In a chunk of a stream. */
  delta?: WireMessage | null;
}

/** A `chat.completion` or one `chat.completion.chunk`. */
export interface WireCompletion {
  id?: string;
  model?: string;
  choices?: WireChoice[] | null;
  usage?: WireUsage | null;
  /** The tier that served it, which may have a price of its own. */
  service_tier?: string | null;
  /** Groq puts the usage of a stream here. */
  x_groq?: { usage?: WireUsage | null } | null;
}
