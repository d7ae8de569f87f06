import type { WireCompletion } from '@pd/call-log/openai-wire';
import { ProviderError } from '../errors/provider-error.ts';

interface ErrorShape {
  message?: unknown;
  code?: unknown;
}

/**
 * The error that a reply with status 200 holds, in itself or in a choice: OpenRouter has begun to answer by the time that
 * the model behind it fails.
 *
 * @see https://openrouter.ai/docs/api/reference/errors-and-debugging (read 2026-11-22)
 */
export function errorInReply(reply: unknown): ProviderError | undefined {
  if (typeof reply !== 'object' || reply === null) return undefined;
  const { error, choices } = reply as { error?: unknown; choices?: WireCompletion['choices'] };
  const found =
    error ?? (Array.isArray(choices) ? choices.map(inChoice).find((each) => each !== undefined) : undefined);
  if (typeof found === 'string' && found !== '') return new ProviderError(found, {});
  if (typeof found !== 'object' || found === null || Object.keys(found).length === 0) return undefined;
  const { message, code } = found as ErrorShape;
  const text = typeof message === 'string' ? message : JSON.stringify(found);
  return new ProviderError(text, {
    ...((typeof code === 'string' || typeof code === 'number') && { providerCode: String(code) }),
  });
}

function inChoice(choice: unknown): unknown {
  const { error } = (choice ?? {}) as { error?: unknown };
  return error ?? undefined;
}
