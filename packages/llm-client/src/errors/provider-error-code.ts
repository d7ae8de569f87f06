/** What went wrong at the provider. */
export type ProviderErrorCode =
  | 'bad_request'
  | 'context_length'
  | 'content_filter'
  | 'authentication'
  | 'permission'
  | 'not_found'
  | 'rate_limit'
  | 'server_error'
  | 'provider_error';

const CONTEXT_CODES: ReadonlySet<string | undefined> = new Set([
  'context_length_exceeded', // OpenAI, Azure, Groq
  '3051', // Mistral, as pydantic-ai reads it
]);

/** The words of those without a code of their own, one test each. Read in November 2026 in the threads that are named. */
const CONTEXT_WORDS = [
  /maximum context (?:length|limit)/, // OpenAI, vLLM, DeepSeek, Mistral, OpenRouter
  /prompt is too long/, // Anthropic
  /exceed context limit/, // Anthropic, with max_tokens: "input length and `max_tokens` exceed context limit"
  /input token count.{0,40}exceeds/, // Gemini
  /maximum prompt length is \d/, // xAI: cline/cline#3120
  /current length is \d+ while limit is \d/, // Cerebras, as LiteLLM reads it
  /exceeds the available context size/, // llama.cpp, as LiteLLM reads it
  /input tokens exceed the configured limit/, // OpenAI, as LiteLLM reads it
  /(?:than|with|exceeds) (?:the )?(?:model's )?context length/, // LM Studio: lmstudio-bug-tracker#546, #2205
  /n_keep \(\d+\) >= n_ctx/, // LM Studio: anomalyco/opencode#11141
  /context (?:window|size has been exceeded)/,
];

const CONTENT_CODES: ReadonlySet<string | undefined> = new Set([
  'content_filter', // Azure
  'content_policy_violation', // OpenAI images
  'invalid_prompt', // OpenAI reasoning models
  'ResponsibleAIPolicyViolation', // Azure, inside
]);

const CONTENT_WORDS = [
  /content management policy/, // Azure: simonw/research#16
  /content exists risk/, // DeepSeek, status 400: deepseek-ai/awesome-deepseek-integration#13
  /content violates usage guidelines/, // xAI, status 403: inspect_ai#2267
  /blocked by content filtering policy/, // Anthropic, status 400 or in a stream: claude-code#58367
  /rejected as a result of our safety system/, // OpenAI, as LiteLLM reads it
  /requires moderation|input was flagged/, // OpenRouter, status 403: openrouter.ai/docs/errors
];

/** Statuses with which a request is refused for what is in it; also none, when the error came inside a stream. */
const CONTENT_STATUSES: ReadonlySet<number | undefined> = new Set([400, 403, 413, 422, undefined]);

/** By HTTP status; what is wrong with the request's length or content, by the provider's code or words. */
export function toProviderErrorCode(
  httpStatus: number | undefined,
  providerCode: string | undefined,
  message: string,
): ProviderErrorCode {
  // Inside a stream, and with status 200, the code is the status that it would have been.
  const status = httpStatus ?? (/^[45]\d\d$/.test(providerCode ?? '') ? Number(providerCode) : undefined);
  if (CONTEXT_CODES.has(providerCode)) return 'context_length';
  if (CONTENT_CODES.has(providerCode)) return 'content_filter';
  if (CONTENT_STATUSES.has(status)) {
    const said = message.toLowerCase();
    if (CONTEXT_WORDS.some((words) => words.test(said))) return 'context_length';
    if (CONTENT_WORDS.some((words) => words.test(said))) return 'content_filter';
  }
  if (status === undefined) return 'provider_error';
  if (status === 401) return 'authentication';
  if (status === 403) return 'permission';
  if (status === 404) return 'not_found';
  if (status === 429) return 'rate_limit';
  if (status >= 500) return 'server_error';
  return status >= 400 ? 'bad_request' : 'provider_error';
}
