import { describe, expect, it } from 'vitest';
import { toProviderErrorCode } from './provider-error-code.ts';

/** What the providers said, where it was read, and with which status. */
describe('the context is too long', () => {
  it.each<[string, number | undefined, string | undefined, string]>([
    [
      'OpenAI and Groq',
      400,
      'context_length_exceeded',
      'Please reduce the length of the messages or completion.',
    ],
    [
      'OpenAI (prompt2model#353)',
      400,
      undefined,
      "This model's maximum context length is 4097 tokens. However, your messages resulted in 192871 tokens.",
    ],
    [
      'Anthropic (pydantic-ai, context window tests)',
      400,
      undefined,
      'prompt is too long: 250007 tokens > 200000 maximum',
    ],
    [
      'Anthropic (OpenHands tests)',
      400,
      undefined,
      'input length and `max_tokens` exceed context limit: 198473 + 8192 > 200000',
    ],
    [
      'Gemini (LiteLLM)',
      400,
      undefined,
      'The input token count (1100001) exceeds the maximum number of tokens allowed (1048576).',
    ],
    [
      'Mistral (pydantic-ai)',
      400,
      '3051',
      'Prompt contains 150000 tokens, too large for model with 131072 maximum context length',
    ],
    [
      'xAI (cline/cline#3120)',
      400,
      undefined,
      "This model's maximum prompt length is 131072 but the request contains 136973 tokens.",
    ],
    [
      'Cerebras (LiteLLM)',
      400,
      undefined,
      'Please reduce the length of the messages. Current length is 9000 while limit is 8192',
    ],
    [
      'llama.cpp (LiteLLM)',
      400,
      undefined,
      'the request exceeds the available context size, try increasing it',
    ],
    [
      'LM Studio (bug-tracker#546)',
      400,
      undefined,
      'Trying to keep the first 111490 tokens when context the overflows. However, the model is loaded with context length of only 32768 tokens',
    ],
    [
      'LM Studio (bug-tracker#2205)',
      400,
      undefined,
      'The number of tokens to keep from the initial prompt is greater than the context length.',
    ],
    [
      'LM Studio (opencode#11141)',
      undefined,
      undefined,
      'Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)',
    ],
  ])('says %s', (_who, status, code, message) => {
    expect(toProviderErrorCode(status, code, message)).toBe('context_length');
  });
});

describe('the content is refused', () => {
  it.each<[string, number | undefined, string | undefined, string]>([
    ['Azure by its code', 400, 'content_filter', 'filtered'],
    [
      'Azure in words (argo-proxy#91)',
      undefined,
      undefined,
      "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
    ],
    ['DeepSeek (awesome-deepseek-integration#13)', 400, 'invalid_request_error', 'Content Exists Risk'],
    [
      'xAI (inspect_ai#2267)',
      403,
      undefined,
      '403 "Content violates usage guidelines. Team: x, Failed check: SAFETY_CHECK_TYPE_BIO"',
    ],
    [
      'Anthropic, also in a stream (claude-code#58367)',
      undefined,
      undefined,
      'Output blocked by content filtering policy',
    ],
    ['OpenAI (LiteLLM)', 400, undefined, 'Your request was rejected as a result of our safety system.'],
    [
      'OpenRouter (its docs)',
      403,
      undefined,
      'Your chosen model requires moderation and your input was flagged',
    ],
  ])('says %s', (_who, status, code, message) => {
    expect(toProviderErrorCode(status, code, message)).toBe('content_filter');
  });
});

it.each<[number | undefined, string | undefined, string, string]>([
  [429, undefined, 'too many tokens: this exceeds the maximum context length budget', 'rate_limit'],
  [401, undefined, 'no', 'authentication'],
  [403, undefined, 'no', 'permission'],
  [undefined, '429', 'slow down', 'rate_limit'],
  [undefined, '502', 'Provider disconnected', 'server_error'],
  [undefined, undefined, 'what?', 'provider_error'],
  [422, undefined, 'Extra inputs are not permitted', 'bad_request'],
])('status %s and code %s are as the status says', (status, code, message, expected) => {
  expect(toProviderErrorCode(status, code, message)).toBe(expected);
});
