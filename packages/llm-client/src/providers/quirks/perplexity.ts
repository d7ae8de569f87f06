import type { WireCompletion } from '@pd/call-log/openai-wire';

/**
 * Every chunk carries, beside its `delta`, the `message` so far; what is in there has come before.
 *
 * @see https://docs.perplexity.ai/reference/post_chat_completions (read 2026-11-22, by way of
 *   https://github.com/kardolus/chatgpt-cli/blob/main/docs/perplexity_api.md)
 */
export function deltasOnly(chunk: WireCompletion): WireCompletion {
  if (!chunk.choices?.some(({ message }) => message !== undefined)) return chunk;
  return { ...chunk, choices: chunk.choices.map(({ message: _message, ...choice }) => choice) };
}
